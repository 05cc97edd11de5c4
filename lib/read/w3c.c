/* w3c.c: W3C extended log files, as IIS and its kin write them. */
#include "read/w3c.h"

#include "base/buf.h"
#include "read/text_http.h"
#include "read/text_scan.h"

#include <string.h>

enum column {
    OTHER,
    DATE,
    CLOCK,
    SITE,
    COMPUTER,
    HOST,
    METHOD,
    STEM,
    STATUS,
    TAKEN,
    REQUEST,
    COLUMNS /* their number */
};

static const struct {
    const char *name;
    enum column column;
} names[] = {
    {"date", DATE},
    {"time", CLOCK},
    {"s-sitename", SITE},
    {"s-computername", COMPUTER},
    {"cs-host", HOST},
    {"cs(Host)", HOST},
    {"cs-method", METHOD},
    {"cs-uri-stem", STEM},
    {"cs-uri", STEM},
    {"sc-status", STATUS},
    {"time-taken", TAKEN},
    {"x-request-id", REQUEST},
    {"x-edge-request-id", REQUEST},
};

enum { FIELDS_MAX = 128, DATE_BYTES = 10, STAMP_BYTES = 48 };

struct w3c {
    struct ko_reading *rd;
    enum column columns[FIELDS_MAX];
    size_t n;
    char date[DATE_BYTES]; /* of "#Date:"; all NUL: none was there */
};

static enum column column_of(struct ko_str name)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_eq(name, ko_str(names[i].name)))
            return names[i].column;
    }
    return OTHER;
}

static bool take_directive(struct ko_str line, const char *name, struct ko_str *ret)
{
    if (!ko_str_starts(line, ko_str(name)))
        return false;
    *ret = ko_str_trim(ko_str_skip(line, strlen(name)));
    return true;
}

static void take_fields(struct w3c *w, struct ko_str list)
{
    struct ko_str name;
    for (w->n = 0; w->n < FIELDS_MAX && ko_text_token(&list, &name); w->n++)
        w->columns[w->n] = column_of(name);
}

static void take_comment(struct w3c *w, struct ko_str line)
{
    struct ko_str rest;
    if (take_directive(line, "#Fields:", &rest))
        take_fields(w, rest);
    else if (take_directive(line, "#Date:", &rest) && rest.n >= DATE_BYTES)
        memcpy(w->date, rest.p, DATE_BYTES);
}

bool ko_w3c_probe(struct ko_str head, const char **ret_why)
{
    struct ko_str line, rest;
    bool found = false;
    while (ko_str_cut(&head, '\n', &line) && line.n > 0) {
        if (take_directive(line, "#Fields:", &rest)) {
            struct w3c w = {0};
            take_fields(&w, rest);
            for (size_t i = 0; i < w.n; i++)
                found = found || w.columns[i] == CLOCK;
        } else if (line.p[0] != '#') {
            size_t tab;
            found = found && !ko_str_chr(line, '\t', &tab);
            break;
        }
    }
    *ret_why = "#Fields: names the columns";
    return found;
}

/* The values of a row by column; false when it is no row of these fields. */
static bool take_row(const struct w3c *w, struct ko_str line, struct ko_str *value)
{
    struct ko_str field;
    size_t n = 0;
    for (; ko_text_field(&line, &field); n++) {
        if (n < w->n && w->columns[n] != OTHER && !ko_text_is_nil(field))
            value[w->columns[n]] = field;
    }
    return n == w->n && n > 0;
}

static enum ko_reject place_in_time(struct w3c *w, const struct ko_str *value,
                                    struct ko_event *ev)
{
    char text[STAMP_BYTES];
    struct ko_str date = value[DATE], clock = value[CLOCK];
    if (date.n == 0 && w->date[0] != '\0')
        date = (struct ko_str){w->date, DATE_BYTES};
    if (date.n == 0 || clock.n == 0)
        return KO_REJECT_NO_TIMESTAMP;
    if (date.n + 1 + clock.n > sizeof text)
        return KO_REJECT_BAD_TIMESTAMP;
    memcpy(text, date.p, date.n);
    text[date.n] = ' ';
    memcpy(text + date.n + 1, clock.p, clock.n);
    return ko_reading_put_utc(w->rd, (struct ko_str){text, date.n + 1 + clock.n}, ev);
}

static struct ko_str first_of(struct ko_str a, struct ko_str b, struct ko_str c)
{
    return a.n > 0 ? a : b.n > 0 ? b : c;
}

/* "GET /login": in the row other fields may stand between its two words. */
static enum ko_status put_operation(struct w3c *w, const struct ko_str *value,
                                    struct ko_event *ev)
{
    struct ko_buf b;
    if (value[STEM].n == 0)
        return KO_OK;
    ko_buf_init(&b, KO_BUF_MAX);
    if (value[METHOD].n > 0)
        ko_buf_printf(&b, "%.*s ", KO_ARG(value[METHOD]));
    ko_buf_put(&b, value[STEM]);
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(w->rd->record, ko_buf_str(&b), &ev->operation);
    ko_buf_release(&b);
    return st;
}

static enum ko_status emit_row(struct w3c *w, struct ko_str line, enum ko_reject *ret_why)
{
    struct ko_str value[COLUMNS] = {0};
    struct ko_event ev;
    ko_event_init(&ev, KO_EVENT_LOG);
    *ret_why = KO_REJECT_FIELD_COUNT;
    if (!take_row(w, line, value))
        return KO_OK;
    *ret_why = place_in_time(w, value, &ev);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    ev.place = ko_reading_place(w->rd);
    ev.entity = first_of(value[SITE], value[HOST], ko_reading_stem(w->rd));
    ev.instance = value[COMPUTER];
    ev.request = value[REQUEST];
    ev.dur = ko_text_millis(value[TAKEN]);
    /* the row is written when the answer has been sent */
    if (ev.dur > 0)
        ev.time -= ev.dur - ev.dur % KO_SECOND;
    ko_text_http_status(&ev, ko_text_status(value[STATUS]));
    enum ko_status st = put_operation(w, value, &ev);
    ko_text_http_message(&ev, ev.operation.n > 0 ? ev.operation : line, line);
    return st != KO_OK ? st : ko_reading_emit(w->rd, &ev);
}

static enum ko_status take_line(struct w3c *w, struct ko_str line)
{
    enum ko_reject why;
    if (line.p[0] == '#') {
        take_comment(w, line);
        return ko_reading_header(w->rd);
    }
    enum ko_status st = emit_row(w, line, &why);
    if (st != KO_OK)
        return st;
    return why == KO_REJECT_COUNT ? ko_reading_accept(w->rd)
                                  : ko_reading_reject(w->rd, why);
}

enum ko_status ko_w3c_read(struct ko_reading *rd)
{
    struct w3c w = {.rd = rd};
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        st = take_line(&w, line.text);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? KO_OK : st;
}
