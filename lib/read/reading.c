/* reading.c: what a format's reader works with: lines in, events out, the account in
 * between. */
#include "read/reading.h"

#include "base/buf.h"
#include "event/zone.h"
#include "read/path_name.h"

enum { LOOK_RECORDS = 4 };

static enum ko_status settle(struct ko_reading *rd, enum ko_account_class cls,
                             struct ko_weight w)
{
    struct ko_ledger *l = rd->ledger;
    l->lines += w.lines;
    l->bytes_terminators += w.terminators;
    switch (cls) {
    case KO_ACCOUNT_ACCEPTED:
        l->lines_accepted += w.lines;
        l->bytes_accepted += w.content;
        l->rows++;
        break;
    case KO_ACCOUNT_HEADER:
        l->lines_header += w.lines;
        l->bytes_header += w.content;
        break;
    case KO_ACCOUNT_BLANK:
        l->lines_blank += w.lines;
        l->bytes_blank += w.content;
        break;
    case KO_ACCOUNT_REJECTED: /* the ledger has counted the lines and the sample */
        l->bytes_rejected += w.content;
        break;
    }
    ko_arena_reset(rd->record);
    return KO_OK;
}

static enum ko_status sample(struct ko_reading *rd, enum ko_reject reason,
                             struct ko_str text, uint64_t lines)
{
    struct ko_str head = ko_str_sub(text, 0, KO_LEDGER_SAMPLE_BYTES);
    enum ko_status st = ko_ledger_reject(rd->ledger, reason, ko_input_line_number(rd->in),
                                         ko_input_offset(rd->in), head, lines);
    if (st == KO_OK)
        rd->ledger->bytes_rejected -= head.n; /* settle() counts the whole record */
    return st;
}

/* Does what stands around the records say that there are more?  A document that holds all
 * of them is the first record. */
static void look_around(struct ko_reading *rd, struct ko_str text,
                        enum ko_account_class cls)
{
    if (cls == KO_ACCOUNT_HEADER)
        ko_cut_look(&rd->found.cut, text);
    else if (cls == KO_ACCOUNT_ACCEPTED && !rd->is_later &&
             rd->ledger->rows < LOOK_RECORDS)
        ko_cut_look_document(&rd->found.cut, text);
}

static enum ko_status settle_pending(struct ko_reading *rd, enum ko_account_class cls)
{
    struct ko_weight w = ko_input_weight(rd->in);
    look_around(rd, ko_input_record(rd->in), cls);
    ko_input_take(rd->in);
    return settle(rd, cls, w);
}

enum ko_status ko_reading_accept(struct ko_reading *rd)
{
    return settle_pending(rd, KO_ACCOUNT_ACCEPTED);
}

enum ko_status ko_reading_header(struct ko_reading *rd)
{
    return settle_pending(rd, KO_ACCOUNT_HEADER);
}

enum ko_status ko_reading_blank(struct ko_reading *rd)
{
    return settle_pending(rd, KO_ACCOUNT_BLANK);
}

enum ko_status ko_reading_reject(struct ko_reading *rd, enum ko_reject reason)
{
    enum ko_status st =
        sample(rd, reason, ko_input_record(rd->in), ko_input_weight(rd->in).lines);
    return st != KO_OK ? st : settle_pending(rd, KO_ACCOUNT_REJECTED);
}

enum ko_status ko_reading_settle_bytes(struct ko_reading *rd, size_t n,
                                       enum ko_account_class cls, enum ko_reject reason)
{
    struct ko_str text = {rd->in->p + rd->in->start, n};
    uint64_t line = ko_input_line_number(rd->in), offset = ko_input_offset(rd->in);
    struct ko_weight w = ko_input_take_bytes(rd->in, n);
    look_around(rd, text, cls);
    bool record = cls == KO_ACCOUNT_ACCEPTED || cls == KO_ACCOUNT_REJECTED;
    if (record && w.lines == 0)
        w.lines = 1;
    if (cls == KO_ACCOUNT_REJECTED) {
        struct ko_str head = ko_str_sub(ko_str_trim(text), 0, KO_LEDGER_SAMPLE_BYTES);
        enum ko_status st =
            ko_ledger_reject(rd->ledger, reason, line, offset, head, w.lines);
        if (st != KO_OK)
            return st;
        rd->ledger->bytes_rejected -= head.n;
    }
    return settle(rd, cls, w);
}

static bool is_blank(struct ko_str s)
{
    return ko_str_trim(s).n == 0;
}

enum ko_status ko_reading_line(struct ko_reading *rd, struct ko_line *ret)
{
    rd->after_blank = false;
    for (;;) {
        struct ko_line line;
        enum ko_status st = ko_input_line(rd->in, &line);
        if (st != KO_OK)
            return st;
        if (line.flaw == KO_LINE_TOO_LONG) {
            st = ko_reading_reject(rd, KO_REJECT_LINE_TOO_LONG);
        } else if (line.flaw == KO_LINE_NUL) {
            st = ko_reading_reject(rd, KO_REJECT_NUL_BYTE);
        } else if (is_blank(line.text)) {
            rd->after_blank = true;
            st = ko_reading_blank(rd);
        } else {
            *ret = line;
            return KO_OK;
        }
        if (st != KO_OK)
            return st;
    }
}

struct ko_place ko_reading_place(const struct ko_reading *rd)
{
    return (struct ko_place){.export_index = rd->opt->export_index,
                             .line = ko_input_line_number(rd->in),
                             .offset = ko_input_offset(rd->in)};
}

/* The newest year that does not lie in the future of ${now} (a day is allowed for
 * clocks). */
static ko_time put_year(ko_time t, ko_time now)
{
    if (now <= 0)
        return t;
    for (int64_t year = 1970 + now / (365 * KO_DAY); year >= 1970; year--) {
        ko_time moved = t + ko_time_days(year, 1, 1) * KO_DAY;
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        if (leap && t >= ko_time_days(1970, 3, 1) * KO_DAY)
            moved += KO_DAY;
        if (moved <= now + KO_DAY)
            return moved;
    }
    return t;
}

ko_time ko_reading_time(struct ko_reading *rd, const struct ko_stamp *stamp)
{
    if (!stamp->has_date)
        return KO_TIME_NONE;
    ko_time t = ko_date_rule_apply(&rd->dates, stamp, rd->opt->now, rd->ledger);
    if (!stamp->has_year)
        t = put_year(t, rd->opt->now);
    struct ko_found *f = &rd->found;
    if (stamp->zone.n > 0 && f->untrusted_zone.n == 0 &&
        ko_str_copy(rd->ledger->arena, stamp->zone, &f->untrusted_zone) != KO_OK)
        f->untrusted_zone = (struct ko_str){0};
    if (stamp->has_zone) {
        f->saw_zone = true;
    } else if (rd->opt->zone != NULL) {
        ko_dur offset;
        ko_zone_offset(rd->opt->zone, t, &offset, NULL);
        f->saw_option = true;
        t -= offset;
    } else {
        f->saw_no_zone = true;
    }
    return t;
}

static enum ko_reject put_time(struct ko_reading *rd, struct ko_str text, bool is_utc,
                               struct ko_event *ev)
{
    struct ko_stamp stamp;
    text = ko_str_trim(text);
    if (text.n == 0)
        return KO_REJECT_NO_TIMESTAMP;
    if (ko_stamp_memo_parse(&rd->stamps, text, &stamp) != KO_OK)
        return KO_REJECT_BAD_TIMESTAMP;
    stamp.has_zone = stamp.has_zone || is_utc;
    ko_time t = ko_reading_time(rd, &stamp);
    if (t == KO_TIME_NONE)
        return KO_REJECT_BAD_TIMESTAMP;
    ev->time = t;
    ev->has_zone = stamp.has_zone;
    return KO_REJECT_COUNT;
}

enum ko_reject ko_reading_put_time(struct ko_reading *rd, struct ko_str text,
                                   struct ko_event *ev)
{
    return put_time(rd, text, false, ev);
}

enum ko_reject ko_reading_put_utc(struct ko_reading *rd, struct ko_str text,
                                  struct ko_event *ev)
{
    return put_time(rd, text, true, ev);
}

struct ko_str ko_read_stem(struct ko_str name)
{
    return ko_path_name(name);
}

struct ko_str ko_reading_stem(const struct ko_reading *rd)
{
    return rd->stem;
}

enum ko_status ko_reading_emit(struct ko_reading *rd, const struct ko_event *ev)
{
    rd->ledger->records++;
    if (ev->time != KO_TIME_NONE) {
        ko_ledger_time(rd->ledger, ev->time);
        ko_found_time(&rd->found, ev->time);
    } else if (ev->kind != KO_EVENT_EDGE && ev->kind != KO_EVENT_ENTITY &&
               ev->kind != KO_EVENT_STEP && ev->kind != KO_EVENT_CELL &&
               ev->kind != KO_EVENT_OBJECTIVE) {
        rd->ledger->records_no_time++;
    }
    enum ko_status st = ko_how_event(&rd->found.how, rd->ledger, ev, rd->stem);
    return st == KO_OK ? rd->sink->take(rd->sink->ctx, ev) : st;
}

enum ko_status ko_reading_edge(struct ko_reading *rd, const struct ko_event *ev)
{
    return ko_found_edge(&rd->found, rd->ledger->arena, ev);
}
