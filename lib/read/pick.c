/* pick.c: members of a JSON record taken by name, as texts, times, durations. */
#include "read/pick.h"

#include "base/buf.h"
#include "base/num.h"
#include "read/log_fields.h"
#include "read/quantity.h"

#include <math.h>
#include <string.h>

enum { NAME_MAX = 96 };

/* Exactly so called, else but for case. */
static const json_t *member(const json_t *object, struct ko_str name)
{
    char z[NAME_MAX];
    if (!json_is_object(object) || name.n >= sizeof z)
        return NULL;
    memcpy(z, name.p, name.n);
    z[name.n] = '\0';
    const json_t *value = json_object_get(object, z);
    const char *key;
    json_t *other;
    if (value != NULL)
        return value;
    json_object_foreach ((json_t *)object, key, other) {
        if (ko_str_ieq(ko_str(key), name))
            return other;
    }
    return NULL;
}

static const json_t *walk(const json_t *value, struct ko_str path)
{
    struct ko_str name;
    while (value != NULL && ko_str_cut(&path, '.', &name))
        value = member(value, name);
    return value;
}

static bool holds_something(const json_t *value)
{
    if (value == NULL || json_is_null(value))
        return false;
    return !json_is_string(value) || json_string_length(value) > 0;
}

const json_t *ko_pick_at(const struct ko_pick *p, const char *path)
{
    struct ko_str rest = ko_str(path), one;
    while (ko_str_cut(&rest, '|', &one)) {
        const json_t *value = walk(p->record, one);
        if (holds_something(value))
            return value;
    }
    return NULL;
}

static struct ko_str keep(struct ko_pick *p, struct ko_buf *b)
{
    struct ko_str text = {0};
    enum ko_status st = b->status;
    if (st == KO_OK)
        st = ko_str_copy(p->rd->record, ko_buf_str(b), &text);
    ko_buf_release(b);
    if (st != KO_OK && *p->status == KO_OK)
        *p->status = st;
    return text;
}

struct ko_str ko_pick_join(struct ko_pick *p, const struct ko_str *parts, size_t n)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n > 0 && b.n > 0)
            ko_buf_putc(&b, ' ');
        ko_buf_put(&b, parts[i]);
    }
    return keep(p, &b);
}

static struct ko_str print_number(struct ko_pick *p, const json_t *value)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    if (json_is_integer(value))
        ko_buf_printf(&b, "%lld", (long long)json_integer_value(value));
    else
        ko_num_put_exact(&b, json_real_value(value));
    return keep(p, &b);
}

struct ko_str ko_pick_text(struct ko_pick *p, const char *path)
{
    const json_t *value = ko_pick_at(p, path);
    if (json_is_string(value))
        return ko_str_trim(
            (struct ko_str){json_string_value(value), json_string_length(value)});
    if (json_is_number(value))
        return print_number(p, value);
    if (json_is_boolean(value))
        return json_is_true(value) ? KO_STR("true") : KO_STR("false");
    return (struct ko_str){0};
}

bool ko_pick_is(struct ko_pick *p, const char *path, const char *word)
{
    return ko_str_ieq(ko_pick_text(p, path), ko_str(word));
}

bool ko_pick_true(struct ko_pick *p, const char *path)
{
    return ko_fields_true(ko_pick_text(p, path));
}

double ko_pick_real(struct ko_pick *p, const char *path)
{
    struct ko_quantity q;
    const json_t *value = ko_pick_at(p, path);
    if (json_is_number(value))
        return json_number_value(value);
    return ko_quantity_parse(ko_pick_text(p, path), false, &q) ? q.value : (double)NAN;
}

ko_dur ko_pick_dur(struct ko_pick *p, const char *path, ko_dur unit_ns)
{
    ko_dur dur;
    return ko_quantity_dur(ko_pick_text(p, path), unit_ns, &dur) ? dur : -1;
}

enum ko_reject ko_pick_time(struct ko_pick *p, const char *path, struct ko_event *ev)
{
    return ko_reading_put_time(p->rd, ko_pick_text(p, path), ev);
}

struct ko_pick ko_pick_item(const struct ko_pick *p, const json_t *item)
{
    return (struct ko_pick){
        .rd = p->rd, .record = item, .outer = p->outer, .status = p->status};
}

enum ko_status ko_pick_emit(struct ko_pick *p, const struct ko_event *ev)
{
    return *p->status != KO_OK ? *p->status : ko_reading_emit(p->rd, ev);
}

enum ko_status ko_pick_alias(struct ko_pick *p, struct ko_place place, struct ko_str id,
                             struct ko_str name)
{
    struct ko_event ev;
    if (id.n == 0 || name.n == 0 || ko_str_eq(id, name))
        return KO_OK;
    ko_event_init(&ev, KO_EVENT_ENTITY);
    ev.place = place;
    ev.entity = id;
    ev.message = name;
    return ko_pick_emit(p, &ev);
}
