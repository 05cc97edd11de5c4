/* docker.c: Docker's json-file log: an object a line of output, long lines cut at 16 KiB.
 */
#include "read/docker.h"

#include "read/interpret.h"
#include "read/json_get.h"
#include "read/json_record.h"
#include "read/text_trace.h"

enum { HELD_BYTES_MAX = 512 << 10 };

void ko_docker_init(struct ko_docker *d)
{
    *d = (struct ko_docker){0};
    for (size_t i = 0; i < 2; i++) {
        ko_buf_init(&d->streams[i].log, KO_BUF_MAX);
        ko_buf_init(&d->streams[i].time, KO_BUF_MAX);
    }
}

void ko_docker_release(struct ko_docker *d)
{
    for (size_t i = 0; i < 2; i++) {
        ko_buf_release(&d->streams[i].log);
        ko_buf_release(&d->streams[i].time);
    }
}

static enum ko_status flush(struct ko_docker_stream *s, struct ko_reading *rd)
{
    struct ko_record r = {0};
    enum ko_reject unused;
    if (!s->is_held)
        return KO_OK;
    s->is_held = false;
    enum ko_status st =
        ko_record_add(rd->record, &r, KO_STR("log"), ko_buf_str(&s->log), KO_VALUE_TEXT);
    if (st == KO_OK)
        st = ko_record_add(rd->record, &r, KO_STR("time"), ko_buf_str(&s->time),
                           KO_VALUE_TEXT);
    return st == KO_OK ? ko_interpret_log(rd, &r, s->place, &unused) : st;
}

enum ko_status ko_docker_flush(struct ko_docker *d, struct ko_reading *rd)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < 2 && st == KO_OK; i++) {
        if (d->streams[i].is_held)
            st = flush(&d->streams[i], rd);
        d->streams[i].is_cut = d->streams[i].in_traceback = false;
    }
    return st;
}

/* Other shippers add members of their own: theirs is no plain line of output. */
static bool is_plain(const json_t *object)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)object, key, value) {
        struct ko_str k = ko_str(key);
        if (!ko_str_eq(k, KO_STR("log")) && !ko_str_eq(k, KO_STR("stream")) &&
            !ko_str_eq(k, KO_STR("time")) && !ko_str_eq(k, KO_STR("attrs")))
            return false;
    }
    return json_is_string(json_object_get(object, "log")) &&
           json_is_string(json_object_get(object, "time"));
}

/* Does ${log} of the instant ${at} belong to what is held? */
static bool belongs(const struct ko_docker_stream *s, struct ko_str log, ko_time at)
{
    if (!s->is_held || at < s->at - KO_SECOND || at > s->at + KO_SECOND)
        return s->is_held && s->is_cut;
    return s->is_cut || s->in_traceback || ko_text_goes_on(log);
}

static enum ko_status hold(struct ko_docker_stream *s, struct ko_reading *rd,
                           struct ko_str log, struct ko_str time, ko_time at)
{
    if (belongs(s, log, at)) {
        if (s->log.n + log.n <= HELD_BYTES_MAX)
            ko_buf_put(&s->log, log);
    } else {
        enum ko_status st = flush(s, rd);
        if (st != KO_OK)
            return st;
        ko_buf_reset(&s->log);
        ko_buf_reset(&s->time);
        ko_buf_put(&s->log, log);
        ko_buf_put(&s->time, time);
        s->place = ko_reading_place(rd);
        s->at = at;
        s->is_held = true;
    }
    bool was_cut = s->is_cut;
    s->is_cut = log.n > 0 && log.p[log.n - 1] != '\n';
    if (!was_cut)
        s->in_traceback =
            ko_text_opens_traceback(log) || (s->in_traceback && ko_text_goes_on(log));
    return s->log.status != KO_OK ? s->log.status : s->time.status;
}

static enum ko_status take(struct ko_docker *d, struct ko_reading *rd,
                           const json_t *object, enum ko_reject *ret_why)
{
    struct ko_stamp stamp;
    struct ko_str time = ko_json_member_text(object, "time");
    bool is_stderr = ko_str_eq(ko_json_member_text(object, "stream"), KO_STR("stderr"));
    if (ko_time_parse(time, &stamp) != KO_OK || !stamp.has_date) {
        *ret_why = KO_REJECT_BAD_TIMESTAMP;
        return KO_OK;
    }
    return hold(&d->streams[is_stderr], rd, ko_json_member_text(object, "log"), time,
                stamp.time);
}

enum ko_status ko_docker_take(struct ko_docker *d, struct ko_reading *rd,
                              struct ko_str text, bool *ret_taken,
                              enum ko_reject *ret_why)
{
    json_t *value;
    *ret_taken = false;
    if (!ko_str_starts(text, KO_STR("{\"log\":")))
        return KO_OK;
    enum ko_status st = ko_json_load(rd->record, text, &value, ret_why);
    if (st != KO_OK || value == NULL) {
        *ret_taken = value == NULL;
        return st;
    }
    *ret_taken = json_is_object(value) && is_plain(value);
    if (*ret_taken)
        st = take(d, rd, value, ret_why);
    json_decref(value);
    return st;
}
