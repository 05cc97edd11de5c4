/* metrics_sar.c: what sar prints for people. */
#include "read/metrics_sar.h"

#include "base/buf.h"
#include "read/record.h"
#include "read/sample.h"
#include "read/text_scan.h"

enum { COLUMNS_MAX = 64, STAMP_BYTES = 64, ROWS_PROBED = 8 };

/* A table: the names over its columns. */
struct sar {
    struct ko_reading *rd;
    struct ko_str host, date; /* empty: no first line was there */
    struct ko_str header;     /* the names as they stand */
    struct ko_str column[COLUMNS_MAX];
    size_t n;
    ko_time last; /* of the table's rows, KO_TIME_NONE before the first */
    ko_dur later; /* whole days since the date */
};

/* "14:04:00" or "02:04:00 PM", and what follows. */
static bool take_clock(struct ko_str *rest, struct ko_str *ret)
{
    struct ko_str token, half, behind = *rest;
    struct ko_stamp stamp;
    if (!ko_text_token(&behind, &token) || ko_time_parse(token, &stamp) != KO_OK ||
        stamp.has_date)
        return false;
    *ret = token;
    *rest = behind;
    if (ko_text_token(&behind, &half) &&
        (ko_str_eq(half, KO_STR("AM")) || ko_str_eq(half, KO_STR("PM")))) {
        *ret = ko_text_between(token, half);
        *rest = behind;
    }
    return true;
}

/* "Linux 5.10.0-28-amd64 (crm-db-1)  03/14/2026  _x86_64_  (2 CPU)". */
static bool take_first(struct ko_str line, struct ko_str *ret_host,
                       struct ko_str *ret_date)
{
    struct ko_str system, release;
    struct ko_stamp stamp;
    return ko_text_token(&line, &system) && ko_str_eq(system, KO_STR("Linux")) &&
           ko_text_token(&line, &release) &&
           ko_text_enclosed(&line, '(', ')', ret_host) &&
           ko_text_token(&line, ret_date) && ko_time_parse(*ret_date, &stamp) == KO_OK &&
           stamp.has_year;
}

bool ko_sar_probe(struct ko_str head, const char **ret_why)
{
    struct ko_str line, host, date, clock;
    if (!ko_str_cut(&head, '\n', &line) || !take_first(line, &host, &date))
        return false;
    for (size_t i = 0; i < ROWS_PROBED && ko_str_cut(&head, '\n', &line); i++) {
        if (take_clock(&line, &clock)) {
            *ret_why = "Linux, host and date; rows begin with a time of day";
            return true;
        }
    }
    return false;
}

static bool is_restart(struct ko_str rest)
{
    return ko_str_starts(ko_str_trim(rest), KO_STR("LINUX RESTART"));
}

/* Names of columns are words; every row holds a number. */
static bool is_header(struct ko_str rest)
{
    struct ko_str token;
    double number;
    while (ko_text_token(&rest, &token)) {
        if (ko_sample_number(token, &number))
            return false;
    }
    return true;
}

/* The same names again, a screen later, go on with the same table. */
static enum ko_status take_header(struct sar *s, struct ko_str rest)
{
    rest = ko_str_trim(rest);
    if (ko_str_eq(rest, s->header))
        return KO_OK;
    enum ko_status st = ko_str_copy(s->rd->arena, rest, &s->header);
    if (st != KO_OK)
        return st;
    struct ko_str names = s->header;
    for (s->n = 0; s->n < COLUMNS_MAX && ko_text_token(&names, &s->column[s->n]);)
        s->n++;
    s->last = KO_TIME_NONE;
    s->later = 0;
    return KO_OK;
}

static enum ko_status take_first_line(struct sar *s, struct ko_str line)
{
    struct ko_str host, date;
    if (!take_first(line, &host, &date))
        return ko_reading_reject(s->rd, KO_REJECT_METRIC_MALFORMED);
    enum ko_status st = ko_str_copy(s->rd->arena, host, &s->host);
    if (st == KO_OK)
        st = ko_str_copy(s->rd->arena, date, &s->date);
    s->header = (struct ko_str){0};
    s->n = 0;
    return st == KO_OK ? ko_reading_header(s->rd) : st;
}

static enum ko_reject put_time(struct sar *s, struct ko_str clock, struct ko_event *ev)
{
    char text[STAMP_BYTES];
    struct ko_buf b;
    if (s->date.n + 1 + clock.n > sizeof text)
        return KO_REJECT_BAD_TIMESTAMP;
    ko_buf_init(&b, sizeof text);
    ko_buf_printf(&b, "%.*s %.*s", KO_ARG(s->date), KO_ARG(clock));
    enum ko_reject why = ko_reading_put_time(s->rd, ko_buf_str(&b), ev);
    ko_buf_release(&b);
    if (why != KO_REJECT_COUNT)
        return why;
    if (s->last != KO_TIME_NONE && ev->time + s->later < s->last - KO_DAY / 2)
        s->later += KO_DAY;
    ev->time += s->later;
    s->last = ev->time;
    return KO_REJECT_COUNT;
}

/* CPU, DEV, IFACE: which of several the row is of. */
static bool is_label(struct ko_str name)
{
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] < 'A' || name.p[i] > 'Z')
            return false;
    }
    return name.n > 0;
}

static enum ko_status take_labels(struct sar *s, const struct ko_str *cell,
                                  struct ko_record *labels)
{
    struct ko_arena *arena = s->rd->record;
    enum ko_status st =
        ko_record_add(arena, labels, KO_STR("host"), s->host, KO_VALUE_TEXT);
    for (size_t i = 0; i < s->n && st == KO_OK; i++) {
        if (is_label(s->column[i]) && !ko_str_eq(cell[i], KO_STR("all")))
            st = ko_record_add(arena, labels, s->column[i], cell[i], KO_VALUE_TEXT);
    }
    return st;
}

static enum ko_status emit_numbers(struct sar *s, const struct ko_event *when,
                                   const struct ko_str *cell)
{
    struct ko_record labels = {0};
    enum ko_status st = take_labels(s, cell, &labels);
    for (size_t i = 0; i < s->n && st == KO_OK; i++) {
        struct ko_sample sample = {.name = s->column[i],
                                   .labels = &labels,
                                   .time = when->time,
                                   .has_zone = when->has_zone,
                                   .place = ko_reading_place(s->rd)};
        if (is_label(s->column[i]))
            continue;
        if (ko_sample_number(cell[i], &sample.value))
            st = ko_sample_emit(s->rd, &sample);
        else
            s->rd->found.unmeasured++;
    }
    return st;
}

static enum ko_status take_numbers(struct sar *s, struct ko_str clock, struct ko_str rest)
{
    struct ko_str cell[COLUMNS_MAX], more;
    struct ko_event when;
    size_t n = 0;
    while (n < s->n && ko_text_token(&rest, &cell[n]))
        n++;
    if (n < s->n || n == 0 || ko_text_token(&rest, &more))
        return ko_reading_reject(s->rd, KO_REJECT_FIELD_COUNT);
    ko_event_init(&when, KO_EVENT_METRIC);
    enum ko_reject why = put_time(s, clock, &when);
    if (why != KO_REJECT_COUNT)
        return ko_reading_reject(s->rd, why);
    enum ko_status st = emit_numbers(s, &when, cell);
    return st == KO_OK ? ko_reading_accept(s->rd) : st;
}

static enum ko_status take_restart(struct sar *s, struct ko_str clock)
{
    struct ko_event ev;
    ko_event_init(&ev, KO_EVENT_LOG);
    enum ko_reject why = put_time(s, clock, &ev);
    if (why != KO_REJECT_COUNT)
        return ko_reading_reject(s->rd, why);
    ev.place = ko_reading_place(s->rd);
    ev.entity = s->host;
    ev.severity = KO_SEV_WARN;
    ev.message = KO_STR("the host was restarted");
    enum ko_status st = ko_reading_emit(s->rd, &ev);
    return st == KO_OK ? ko_reading_accept(s->rd) : st;
}

static enum ko_status take_line(struct sar *s, struct ko_str line)
{
    struct ko_str clock, rest = line;
    if (ko_str_starts(line, KO_STR("Linux ")))
        return take_first_line(s, line);
    if (ko_str_starts(line, KO_STR("Average:")))
        return ko_reading_header(s->rd);
    if (!take_clock(&rest, &clock))
        return ko_reading_reject(s->rd, KO_REJECT_METRIC_MALFORMED);
    if (is_restart(rest))
        return take_restart(s, clock);
    if (!is_header(rest))
        return take_numbers(s, clock, rest);
    enum ko_status st = take_header(s, rest);
    return st == KO_OK ? ko_reading_header(s->rd) : st;
}

enum ko_status ko_sar_read(struct ko_reading *rd)
{
    struct sar s = {.rd = rd, .last = KO_TIME_NONE};
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        st = take_line(&s, line.text);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? KO_OK : st;
}
