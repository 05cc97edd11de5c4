/* metrics_sysstat.c: what sadf -j and iostat -o JSON write. */
#include "read/json_metrics.h"

#include "base/buf.h"
#include "read/json_get.h"
#include "read/sample.h"

/* Sections hold groups, groups hold lists of devices: nothing lies deeper. */
enum { DEPTH_MAX = 5, NAME_BYTES_MAX = 1024 };

static const json_t *hosts_of(const json_t *object)
{
    return json_object_get(json_object_get(object, "sysstat"), "hosts");
}

bool ko_sysstat_json_is(const json_t *object)
{
    return json_is_array(hosts_of(object));
}

/* The numbers of one instant of one host. */
struct instant {
    struct ko_reading *rd;
    struct ko_place place;
    struct ko_str host;
    ko_time time;
    bool has_zone;
};

/* {"date": "2026-03-14", "time": "14:00:01", "utc": 1, "tz": "CET"} or a text. */
static enum ko_status read_time(struct instant *t, const json_t *stamp)
{
    struct ko_buf b;
    struct ko_stamp parsed;
    struct ko_str text = ko_json_text(stamp);
    int64_t utc;
    ko_buf_init(&b, 256);
    ko_buf_printf(&b, "%.*s %.*s", KO_ARG(ko_json_member_text(stamp, "date")),
                  KO_ARG(ko_json_member_text(stamp, "time")));
    if (ko_json_int(json_object_get(stamp, "utc"), &utc) && utc == 1)
        ko_buf_puts(&b, " UTC");
    else if (ko_json_has(stamp, "tz"))
        ko_buf_printf(&b, " %.*s", KO_ARG(ko_json_member_text(stamp, "tz")));
    if (text.n == 0)
        text = ko_buf_str(&b);
    t->time = KO_TIME_NONE;
    if (ko_time_parse(text, &parsed) == KO_OK) {
        t->time = ko_reading_time(t->rd, &parsed);
        t->has_zone = parsed.has_zone;
    }
    enum ko_status st = b.status == KO_ENOMEM ? KO_ENOMEM : KO_OK;
    ko_buf_release(&b);
    return st;
}

/* Names of devices among the numbers: "cpu": "all", "iface": "eth0". */
static enum ko_status read_labels(struct ko_reading *rd, const json_t *object,
                                  struct ko_record *labels)
{
    const char *key;
    json_t *value;
    enum ko_status st = KO_OK;
    json_object_foreach ((json_t *)object, key, value) {
        struct ko_str text = ko_json_text(value);
        bool whole = ko_str_eq(text, KO_STR("all")) || ko_str_eq(text, KO_STR("-1"));
        if (st == KO_OK && text.n > 0 && !whole)
            st = ko_record_add(rd->record, labels, ko_str(key), text, KO_VALUE_TEXT);
    }
    return st;
}

static enum ko_status emit_number(struct instant *t, struct ko_str section,
                                  const char *key, double value,
                                  const struct ko_record *labels)
{
    struct ko_buf b;
    ko_buf_init(&b, NAME_BYTES_MAX);
    ko_buf_printf(&b, "%.*s %s", KO_ARG(section), key);
    struct ko_sample s = {.name = ko_buf_str(&b),
                          .labels = labels,
                          .value = value,
                          .time = t->time,
                          .has_zone = t->has_zone,
                          .place = t->place};
    enum ko_status st = b.status == KO_ENOMEM ? KO_ENOMEM : ko_sample_emit(t->rd, &s);
    ko_buf_release(&b);
    return st;
}

static enum ko_status take_numbers(struct instant *t, struct ko_str section,
                                   const json_t *object)
{
    struct ko_record labels = {0};
    const char *key;
    json_t *value;
    enum ko_status st =
        ko_record_add(t->rd->record, &labels, KO_STR("host"), t->host, KO_VALUE_TEXT);
    if (st == KO_OK)
        st = read_labels(t->rd, object, &labels);
    json_object_foreach ((json_t *)object, key, value) {
        if (st == KO_OK && json_is_number(value))
            st = emit_number(t, section, key, json_number_value(value), &labels);
    }
    return st;
}

static enum ko_status take_section(struct instant *t, struct ko_str section,
                                   const json_t *value, unsigned depth)
{
    const char *key;
    json_t *inner;
    size_t i;
    enum ko_status st = KO_OK;
    if (depth > DEPTH_MAX)
        return KO_OK;
    json_array_foreach ((json_t *)value, i, inner) {
        if (st == KO_OK)
            st = take_section(t, section, inner, depth + 1);
    }
    if (!json_is_object(value))
        return st;
    st = take_numbers(t, section, value);
    json_object_foreach ((json_t *)value, key, inner) {
        bool deeper = json_is_object(inner) || json_is_array(inner);
        if (st == KO_OK && deeper && !ko_str_eq(ko_str(key), KO_STR("timestamp")))
            st = take_section(t, ko_str(key), inner, depth + 1);
    }
    return st;
}

static enum ko_status take_restart(struct instant *t, const json_t *restart)
{
    struct ko_event ev;
    const json_t *boot = json_object_get(restart, "boot");
    enum ko_status st = read_time(t, boot != NULL ? boot : restart);
    if (st != KO_OK || t->time == KO_TIME_NONE)
        return st;
    ko_event_init(&ev, KO_EVENT_LOG);
    ev.place = t->place;
    ev.time = t->time;
    ev.has_zone = t->has_zone;
    ev.entity = t->host;
    ev.severity = KO_SEV_WARN;
    ev.message = KO_STR("the host was restarted");
    return ko_reading_emit(t->rd, &ev);
}

static enum ko_status take_host(struct ko_reading *rd, const json_t *host,
                                struct ko_place place)
{
    struct instant t = {
        .rd = rd, .place = place, .host = ko_json_member_text(host, "nodename")};
    json_t *item;
    size_t i;
    enum ko_status st = KO_OK;
    json_array_foreach (json_object_get(host, "statistics"), i, item) {
        if (st == KO_OK)
            st = read_time(&t, json_object_get(item, "timestamp"));
        if (st == KO_OK)
            st = take_section(&t, KO_STR(""), item, 1);
        ko_arena_reset(rd->record);
    }
    json_array_foreach (json_object_get(host, "restarts"), i, item) {
        if (st == KO_OK)
            st = take_restart(&t, item);
    }
    return st;
}

enum ko_status ko_sysstat_json_read(struct ko_reading *rd, const json_t *object,
                                    struct ko_place place, enum ko_reject *ret_why)
{
    json_t *host;
    size_t i;
    enum ko_status st = KO_OK;
    (void)ret_why;
    json_array_foreach ((json_t *)hosts_of(object), i, host) {
        if (st == KO_OK)
            st = take_host(rd, host, place);
    }
    return st;
}
