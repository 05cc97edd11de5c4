/* text_read.c: the lines of a text log become records, the records events. */
#include "read/text_read.h"

#include "read/text_line.h"
#include "read/text_tail.h"
#include "read/unwrap.h"

/* A record keeps at most so much of what follows it; more lines still belong to it. */
enum { JOIN_LINES_MAX = 1000, JOIN_BYTES_MAX = 256 << 10 };

/* A line that was looked at before its turn; found again by its place in memory. */
struct peeked {
    struct ko_str text;
    enum ko_status status;
    struct ko_text_line line;
};

struct text_reader {
    struct ko_reading *rd;
    struct ko_text_hint hint;
    size_t format; /* of the line before */
    struct peeked peeked;
    bool tail_open; /* the record before was full: lines without a time still belong to it
                     */
    /* the syslog record before, for "last message repeated" */
    bool has_previous;
    struct ko_event previous;
    struct ko_buf texts;
};

static enum ko_status parse(struct text_reader *t, struct ko_str text,
                            struct ko_text_line *ret)
{
    return ko_text_line_parse(text, &t->hint, &t->format, ret);
}

/* The same line is asked for again when its turn comes; it has not moved if it still
 * stands there. */
static enum ko_status parse_once(struct text_reader *t, struct ko_str text,
                                 struct ko_text_line *ret)
{
    if (t->peeked.text.p == text.p && t->peeked.text.n == text.n) {
        t->peeked.text.p = NULL;
        *ret = t->peeked.line;
        return t->peeked.status;
    }
    return parse(t, text, ret);
}

/* A line that begins a record of its own; one that is indented never does. */
static bool begins_record(struct text_reader *t, struct ko_str text)
{
    if (text.p[0] == ' ' || text.p[0] == '\t' || text.p[0] == '}')
        return false;
    size_t format = t->format;
    struct peeked *p = &t->peeked;
    p->text = text;
    p->status = parse(t, text, &p->line);
    if (p->status != KO_ENOTFOUND)
        return true;
    p->text.p = NULL;
    t->format = format;
    return text.p[0] == '{' && text.n > 2 && text.p[1] == '"' &&
           text.p[text.n - 1] == '}';
}

/*
 * Read on while lines belong to the pending record; blank ones only if others follow
 * them (a Go panic has one inside).
 *
 * Returns: how many lines there are beside the first
 */
static enum ko_status gather(struct text_reader *t, uint64_t *ret_lines)
{
    struct ko_input *in = t->rd->in;
    uint64_t kept = 1, seen = 1;
    struct ko_line next;
    enum ko_status st;
    t->tail_open = false;
    while ((st = ko_input_line(in, &next)) == KO_OK) {
        seen++;
        bool blank = ko_str_trim(next.text).n == 0;
        if (next.flaw != KO_LINE_GOOD || (!blank && begins_record(t, next.text)))
            break;
        if (seen > JOIN_LINES_MAX || ko_input_record(in).n > JOIN_BYTES_MAX) {
            t->tail_open = true;
            break;
        }
        if (!blank)
            kept = seen;
    }
    if (st != KO_OK && st != KO_END)
        return st;
    ko_input_back(in, kept);
    *ret_lines = kept - 1;
    return KO_OK;
}

static struct ko_str first_line(struct ko_str record)
{
    size_t at;
    struct ko_str s = ko_str_chr(record, '\n', &at) ? ko_str_sub(record, 0, at) : record;
    if (s.n > 0 && s.p[s.n - 1] == '\r')
        s.n--;
    return s;
}

/* Gathering may move the bytes: the line is read again where it stands now. */
static enum ko_status join(struct text_reader *t, struct ko_str text,
                           struct ko_text_line *io)
{
    uint64_t lines = 0;
    size_t next_format = t->format;
    enum ko_status st = gather(t, &lines);
    if (st != KO_OK)
        return st;
    struct ko_str record = ko_input_record(t->rd->in);
    if (record.p != text.p) {
        size_t peeked_format = t->format;
        t->format = next_format;
        st = parse(t, first_line(record), io);
        t->format = peeked_format;
        if (st != KO_OK)
            return st;
    }
    if (lines > 0) {
        const char *end = record.p + record.n;
        io->ev.message.n = (size_t)(end - io->ev.message.p);
        io->ev.message = ko_str_trim(io->ev.message);
    }
    return KO_OK;
}

static enum ko_status emit_times(struct text_reader *t, struct ko_event *ev,
                                 uint64_t times)
{
    if (ev->entity.n == 0)
        ev->entity = ko_reading_stem(t->rd);
    for (uint64_t i = 0; i < times; i++) {
        enum ko_status st = ko_reading_emit(t->rd, ev);
        if (st != KO_OK)
            return st;
    }
    return KO_OK;
}

/* Keep the texts that a later "last message repeated" needs. */
static enum ko_status remember(struct text_reader *t, const struct ko_event *ev)
{
    const struct ko_str *from[] = {&ev->message, &ev->entity, &ev->instance};
    struct ko_event *p = &t->previous;
    struct ko_str *to[] = {&p->message, &p->entity, &p->instance};
    ko_event_init(p, KO_EVENT_LOG);
    p->severity = ev->severity;
    ko_buf_reset(&t->texts);
    for (size_t i = 0; i < 3; i++)
        ko_buf_put(&t->texts, *from[i]);
    if (t->texts.status != KO_OK)
        return t->texts.status;
    struct ko_str rest = ko_buf_str(&t->texts);
    for (size_t i = 0; i < 3; i++) {
        *to[i] = ko_str_sub(rest, 0, from[i]->n);
        rest = ko_str_skip(rest, from[i]->n);
    }
    t->has_previous = true;
    return KO_OK;
}

static enum ko_status emit_repeated(struct text_reader *t,
                                    const struct ko_text_line *line)
{
    struct ko_event ev = t->previous;
    ev.time = line->ev.time;
    ev.has_zone = line->ev.has_zone;
    ev.place = line->ev.place;
    return emit_times(t, &ev, line->times);
}

static enum ko_status emit(struct text_reader *t, struct ko_text_line *line)
{
    struct ko_event *ev = &line->ev;
    ev->place = ko_reading_place(t->rd);
    if (line->repeats_previous && t->has_previous)
        return emit_repeated(t, line);
    enum ko_status st = KO_OK;
    if (line->may_continue)
        st = ko_unwrap(t->rd, ev);
    if (st == KO_OK && line->may_be_repeated)
        st = remember(t, ev);
    return st == KO_OK ? emit_times(t, ev, line->repeats_previous ? 1 : line->times) : st;
}

/* A time of day without a date places nothing: the record is refused, and people told. */
static enum ko_status settle(struct text_reader *t, struct ko_text_line *line)
{
    struct ko_reading *rd = t->rd;
    struct ko_event *ev = &line->ev;
    if (line->has_stamp) {
        ev->time = ko_reading_time(rd, &line->stamp);
        ev->has_zone = line->stamp.has_zone;
        if (ev->time == KO_TIME_NONE) {
            enum ko_status st = ko_ledger_remark(
                rd->ledger, "its times name no date: the records cannot be placed");
            return st != KO_OK ? st : ko_reading_reject(rd, KO_REJECT_BAD_TIMESTAMP);
        }
        if (line->stamp_is_end && ev->dur > 0)
            ev->time -= ev->dur;
    }
    enum ko_status st = emit(t, line);
    return st != KO_OK ? st : ko_reading_accept(rd);
}

/* No time leads this line: a JSON or logfmt record among text, the rest of a long record,
 * or nothing that can be used. */
static enum ko_status take_other(struct text_reader *t, struct ko_str text)
{
    struct ko_reading *rd = t->rd;
    struct ko_event ev;
    if (t->tail_open)
        return ko_reading_accept(rd);
    ko_event_init(&ev, KO_EVENT_LOG);
    ev.message = text;
    ev.place = ko_reading_place(rd);
    enum ko_status st = ko_unwrap(rd, &ev);
    if (st != KO_OK)
        return st;
    if (ev.time == KO_TIME_NONE)
        return ko_reading_reject(rd, KO_REJECT_NO_TIMESTAMP);
    st = emit_times(t, &ev, 1);
    return st != KO_OK ? st : ko_reading_accept(rd);
}

static enum ko_status take_line(struct text_reader *t, struct ko_str text)
{
    struct ko_text_line line;
    enum ko_status st = parse_once(t, text, &line);
    if (st == KO_ENOTFOUND)
        return take_other(t, text);
    t->tail_open = false;
    if (st == KO_ESYNTAX)
        return ko_reading_reject(t->rd, line.reason);
    if (st == KO_OK && line.may_continue)
        st = join(t, text, &line);
    return st != KO_OK ? st : settle(t, &line);
}

enum ko_status ko_text_read(struct ko_reading *rd)
{
    struct text_reader t = {.rd = rd, .format = ko_text_formats_n};
    struct ko_str head;
    struct ko_line line;
    enum ko_status st = ko_input_head(rd->in, &head);
    if (st != KO_OK)
        return st;
    t.hint.last_number = ko_text_tail_unit(head);
    ko_buf_init(&t.texts, KO_BUF_MAX);
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        st = take_line(&t, line.text);
        if (st != KO_OK)
            break;
    }
    ko_buf_release(&t.texts);
    return st == KO_END ? KO_OK : st;
}
