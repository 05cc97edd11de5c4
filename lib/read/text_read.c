/* text_read.c: the records of a text log become events. */
#include "read/text_read.h"

#include "read/docker.h"
#include "read/json.h"
#include "read/text_explore.h"
#include "read/text_join.h"
#include "read/text_line.h"
#include "read/text_tail.h"
#include "read/text_trace.h"
#include "read/unwrap.h"

/* Of a prefix before an object. */
enum { PREFIX_MAX = 200 };

struct text_reader {
    struct ko_text_joiner join;
    struct ko_docker docker;
    struct ko_json_forms *forms;
    bool is_json;           /* so most lines are */
    bool after_json;        /* lines of a stack trace belong to the object above them */
    bool in_traceback;      /* there */
    bool has_begun;         /* a record came: what looks like a head is none */
    struct ko_event labels; /* what the head of the file says of all its lines */
    /* the record before, if it is one of syslog, for "last message repeated" */
    bool has_previous;
    struct ko_event previous;
    struct ko_buf texts;
};

static enum ko_status emit_times(struct text_reader *t, struct ko_event *ev,
                                 uint64_t times)
{
    struct ko_reading *rd = t->join.rd;
    if (ev->entity.n == 0)
        ev->entity = t->labels.entity;
    /* A proxy's log that does not say whose proxy it is speaks of what is behind it. */
    if (ev->entity.n == 0) {
        ev->entity = ev->peer;
        ev->peer = (struct ko_str){0};
    }
    if (ev->entity.n == 0)
        ev->entity = ko_reading_stem(rd);
    if (ev->region.n == 0)
        ev->region = t->labels.region;
    if (ev->instance.n == 0)
        ev->instance = t->labels.instance;
    t->has_begun = true;
    for (uint64_t i = 0; i < times; i++) {
        enum ko_status st = ko_reading_emit(rd, ev);
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
    if (line->repeats_previous && t->has_previous)
        return emit_repeated(t, line);
    enum ko_status st = KO_OK;
    t->has_previous = false;
    if (line->may_be_repeated)
        st = remember(t, ev);
    return st == KO_OK ? emit_times(t, ev, line->repeats_previous ? 1 : line->times) : st;
}

/* Put the instant into the event.  KO_REJECT_COUNT, or why there is none. */
static enum ko_reject place_in_time(struct ko_reading *rd, struct ko_text_line *line)
{
    struct ko_event *ev = &line->ev;
    if (!line->has_stamp)
        return KO_REJECT_COUNT;
    ev->time = ko_reading_time(rd, &line->stamp);
    ev->has_zone = line->stamp.has_zone;
    if (ev->time == KO_TIME_NONE)
        return KO_REJECT_BAD_TIMESTAMP;
    /* a stamp of whole seconds lost the rest: only whole ones may be taken off it */
    if (line->stamp_is_end && ev->dur > 0)
        ev->time -= ev->dur - ev->dur % line->stamp.resolution;
    return KO_REJECT_COUNT;
}

/* A time of day without a date places nothing: the record is refused, and people told. */
static enum ko_status settle(struct text_reader *t, struct ko_text_line *line)
{
    struct ko_reading *rd = t->join.rd;
    struct ko_event *ev = &line->ev;
    enum ko_status st = KO_OK;
    ev->place = ko_reading_place(rd);
    enum ko_reject why = place_in_time(rd, line);
    if (why != KO_REJECT_COUNT) {
        st = ko_ledger_remark(rd->ledger,
                              "its times name no date: the records cannot be placed");
        return st != KO_OK ? st : ko_reading_reject(rd, why);
    }
    if (line->may_continue)
        st = ko_unwrap(rd, ev);
    if (st == KO_OK && line->time_inside && ev->time == KO_TIME_NONE)
        return ko_reading_reject(rd, KO_REJECT_NO_TIMESTAMP);
    if (st == KO_OK)
        st = emit(t, line);
    return st != KO_OK ? st : ko_reading_accept(rd);
}

/* The lines above the logs of an Explore download are a header. */
static enum ko_status take_head(struct text_reader *t, struct ko_str text,
                                bool *ret_is_head)
{
    struct ko_reading *rd = t->join.rd;
    *ret_is_head = false;
    if (t->has_begun)
        return KO_OK;
    enum ko_status st = ko_text_explore_head(rd->arena, text, &t->labels, ret_is_head);
    return st == KO_OK && *ret_is_head ? ko_reading_header(rd) : st;
}

/* "app[web.1]: {"level": …}": the object behind what stands before it. */
static struct ko_str behind_prefix(struct ko_str text)
{
    size_t at;
    if (text.n == 0 || text.p[text.n - 1] != '}' ||
        !ko_str_find(ko_str_sub(text, 0, PREFIX_MAX), KO_STR(" {\""), &at))
        return text;
    struct ko_str object = ko_str_skip(text, at + 1);
    return ko_json_is_line(object) ? object : text;
}

/* The rest of a stack trace below an object. */
static bool belongs_to_object(struct text_reader *t, struct ko_str text)
{
    if (!t->after_json)
        return false;
    bool opens = ko_text_opens_traceback(text), goes_on = ko_text_goes_on(text);
    bool belongs = opens || goes_on || t->in_traceback;
    t->in_traceback = opens || (t->in_traceback && goes_on);
    return belongs;
}

/* No time leads this line: the rest of a long record, a record among text, or nothing
 * that can be used. */
static enum ko_status take_other(struct text_reader *t, struct ko_str text)
{
    struct ko_reading *rd = t->join.rd;
    struct ko_event ev;
    bool is_head;
    if (t->join.tail_open || belongs_to_object(t, text))
        return ko_reading_accept(rd);
    enum ko_status st = take_head(t, text, &is_head);
    if (st != KO_OK || is_head)
        return st;
    ko_event_init(&ev, KO_EVENT_LOG);
    ev.message = behind_prefix(text);
    bool is_json = ev.message.p[0] == '{';
    ev.place = ko_reading_place(rd);
    st = ko_unwrap(rd, &ev);
    if (st != KO_OK)
        return st;
    if (ev.time == KO_TIME_NONE)
        return ko_reading_reject(rd, KO_REJECT_NO_TIMESTAMP);
    t->has_previous = false;
    ko_tally_add(&rd->found.tally, is_json ? "jsonl" : "logfmt");
    st = emit_times(t, &ev, 1);
    return st != KO_OK ? st : ko_reading_accept(rd);
}

static enum ko_status take_object(struct text_reader *t, struct ko_str text)
{
    struct ko_reading *rd = t->join.rd;
    enum ko_reject why = KO_REJECT_COUNT;
    bool taken;
    enum ko_status st = ko_docker_take(&t->docker, rd, text, &taken, &why);
    if (st == KO_OK && !taken)
        st = ko_docker_flush(&t->docker, rd);
    if (st == KO_OK && !taken)
        st = ko_json_line(rd, t->forms, text, &why);
    if (st != KO_OK)
        return st;
    t->has_begun = true;
    t->join.tail_open = t->in_traceback = t->has_previous = false;
    t->after_json = true;
    if (why != KO_REJECT_COUNT)
        return ko_reading_reject(rd, why);
    ko_tally_add(&rd->found.tally, "jsonl");
    return ko_reading_accept(rd);
}

static enum ko_status take_text(struct text_reader *t, struct ko_str text)
{
    struct ko_text_line line;
    enum ko_status st = ko_text_join_parse(&t->join, text, &line);
    if (st == KO_ENOTFOUND)
        return take_other(t, text);
    if (st == KO_OK && line.belongs_above && t->join.tail_open)
        return ko_reading_accept(t->join.rd);
    t->join.tail_open = t->after_json = false;
    if (st == KO_ESYNTAX)
        return ko_reading_reject(t->join.rd, line.reason);
    size_t format = t->join.format;
    if (st == KO_OK)
        st = ko_docker_flush(&t->docker, t->join.rd);
    if (st == KO_OK && line.may_continue)
        st = ko_text_join(&t->join, text, &line);
    if (st != KO_OK)
        return st;
    uint64_t before = t->join.rd->ledger->records;
    st = settle(t, &line);
    if (t->join.rd->ledger->records > before)
        ko_tally_add(&t->join.rd->found.tally, ko_text_formats[format].row);
    return st;
}

static enum ko_status take_line(struct text_reader *t, struct ko_str text)
{
    bool is_object = t->is_json ? text.p[0] == '{' : ko_json_is_line(text);
    return is_object ? take_object(t, text) : take_text(t, text);
}

static enum ko_status take_lines(struct text_reader *t)
{
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(t->join.rd, &line)) == KO_OK) {
        st = take_line(t, line.text);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? ko_docker_flush(&t->docker, t->join.rd) : st;
}

static void forget(void *state)
{
    struct text_reader *t = state;
    ko_docker_release(&t->docker);
    ko_buf_release(&t->texts);
}

static enum ko_status begin(struct ko_reading *rd, struct text_reader **ret)
{
    struct ko_str head;
    struct text_reader *t = ko_arena_alloc(rd->arena, 1, sizeof *t);
    enum ko_status st = t != NULL ? ko_input_head(rd->in, &head) : KO_ENOMEM;
    if (st != KO_OK)
        return st;
    t->forms = ko_arena_alloc(rd->arena, 1, sizeof *t->forms);
    if (t->forms == NULL)
        return KO_ENOMEM;
    t->join = (struct ko_text_joiner){.rd = rd, .format = SIZE_MAX};
    t->join.hint = (struct ko_text_hint){.last_number = ko_text_tail_unit(head),
                                         .roles = &rd->own_roles,
                                         .stamps = &rd->stamps};
    t->is_json = ko_str_eq(rd->ledger->format, KO_STR("jsonl"));
    ko_buf_init(&t->texts, KO_BUF_MAX);
    ko_docker_init(&t->docker);
    ko_event_init(&t->labels, KO_EVENT_LOG);
    rd->state = t;
    rd->forget = forget;
    *ret = t;
    return KO_OK;
}

enum ko_status ko_text_read(struct ko_reading *rd)
{
    struct text_reader *t = rd->state;
    enum ko_status st = t == NULL ? begin(rd, &t) : KO_OK;
    if (st == KO_OK)
        st = take_lines(t);
    rd->found.general += t->forms->general;
    t->forms->general = 0;
    rd->is_settled = st == KO_OK && t->has_begun;
    return st;
}
