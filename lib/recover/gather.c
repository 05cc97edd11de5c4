/* gather.c: the records of the customers whom an incident touched, in two passes. */
#include "recover/gather.h"

#include <stdlib.h>

void ko_gather_init(struct ko_gather *g, ko_time from, ko_time to)
{
    *g = (struct ko_gather){.from = from,
                            .to = to,
                            .last = KO_TIME_NONE,
                            .pass = 1,
                            .limit_keys = KO_GATHER_KEYS_MAX,
                            .limit_touches = KO_GATHER_TOUCHES_MAX};
    ko_map_init(&g->keys, (uint64_t)from);
    ko_map_init(&g->names, (uint64_t)from);
}

void ko_gather_release(struct ko_gather *g)
{
    ko_map_release(&g->keys);
    ko_map_release(&g->names);
    ko_arena_release(&g->arena);
    *g = (struct ko_gather){0};
}

void ko_gather_second(struct ko_gather *g)
{
    g->pass = 2;
}

bool ko_gather_in(const struct ko_gather *g, ko_time t)
{
    return t >= g->from && (g->to == KO_TIME_NONE || t < g->to);
}

static struct ko_str id_of(const struct ko_event *ev)
{
    return ko_str_trim(ev->id.n > 0 ? ev->id : ev->session);
}

static struct ko_str person_of(const struct ko_event *ev)
{
    return ko_str_trim(ev->customer);
}

static struct ko_str order_of(const struct ko_event *ev)
{
    return ko_str_trim(ev->reference);
}

static void widen(struct ko_gather *g, ko_time t)
{
    if (t != KO_TIME_NONE && (g->last == KO_TIME_NONE || t > g->last))
        g->last = t;
}

/* ---- pass 1 ---- */

/* The text that joins it with others, before it has a number; see ko_touch_key. */
static struct ko_str key_of(const struct ko_event *ev, enum ko_touch_kind kind)
{
    struct ko_str order = order_of(ev), person = person_of(ev);
    if (kind == KO_TOUCH_PAYMENT && order.n > 0)
        return order;
    return person.n > 0 ? person : id_of(ev);
}

static bool is_joined(enum ko_touch_kind kind)
{
    return kind == KO_TOUCH_PAYMENT || kind == KO_TOUCH_CONTACT;
}

static void learn_age(struct ko_gather *g, const struct ko_event *ev)
{
    g->says_age |= ev->as_of != KO_TIME_NONE || ev->stale;
    if (ev->as_of == KO_TIME_NONE || ev->time >= g->from || ev->stale)
        return;
    ko_dur age = ev->time - ev->as_of;
    g->healthy_n++;
    g->healthy_age = age > g->healthy_age ? age : g->healthy_age;
}

static enum ko_status learn(struct ko_gather *g, const struct ko_event *ev,
                            enum ko_touch_kind kind)
{
    uint32_t number;
    struct ko_str key = key_of(ev, kind);
    g->seen[kind]++;
    g->says_customer[kind] |= person_of(ev).n > 0;
    g->says_state[kind] |= ko_touch_state_of(ev, kind) != KO_TOUCH_UNKNOWN;
    widen(g, ev->time);
    widen(g, ev->done);
    if (kind == KO_TOUCH_ANSWER)
        learn_age(g, ev);
    if (!is_joined(kind) || !ko_gather_in(g, ev->time) || key.n == 0 ||
        ko_map_get(&g->keys, key, &number))
        return KO_OK;
    if (g->keys.n >= g->limit_keys) {
        g->folded++;
        return KO_OK;
    }
    return ko_map_put(&g->keys, key, 1, &number);
}

/* ---- pass 2 ---- */

static bool is_after(const struct ko_gather *g, ko_time t)
{
    return g->to != KO_TIME_NONE && t >= g->to;
}

static bool is_wanted(const struct ko_gather *g, const struct ko_event *ev,
                      enum ko_touch_kind kind)
{
    uint32_t number;
    bool complains = is_after(g, ev->time) && ko_touch_complains(ev);
    if (is_joined(kind))
        return complains || ko_map_get(&g->keys, key_of(ev, kind), &number);
    if (kind == KO_TOUCH_ANSWER)
        return ev->time >= g->from;
    return complains || ko_gather_in(g, ev->time);
}

static enum ko_status name(struct ko_gather *g, struct ko_str text, uint32_t *ret)
{
    *ret = 0;
    return text.n == 0 ? KO_OK
                       : ko_map_put(&g->names, text, (uint32_t)g->names.n + 1, ret);
}

static enum ko_status put_names(struct ko_gather *g, const struct ko_event *ev,
                                struct ko_touch *t)
{
    enum ko_status st = name(g, id_of(ev), &t->id);
    if (st == KO_OK)
        st = name(g, person_of(ev), &t->customer);
    if (st == KO_OK)
        st = name(g, order_of(ev), &t->reference);
    if (st == KO_OK)
        st = ko_str_copy(&g->arena, ko_str_trim(ev->amount), &t->amount);
    struct ko_str why = ev->operation.n > 0 ? ev->operation : ev->reason;
    return st == KO_OK ? ko_str_copy(&g->arena, ko_str_trim(why), &t->why) : st;
}

/* Data is as old as the time between two refreshes at most: at twice the age of the
 * oldest before, one was missed. */
static bool is_stale(const struct ko_gather *g, const struct ko_event *ev)
{
    return ev->stale ||
           (g->healthy_n >= KO_GATHER_HEALTHY_MIN && ev->as_of != KO_TIME_NONE &&
            ev->time - ev->as_of > 2 * g->healthy_age);
}

static enum ko_status keep(struct ko_gather *g, const struct ko_event *ev,
                           enum ko_touch_kind kind)
{
    struct ko_touch *t;
    if (!is_wanted(g, ev, kind))
        return KO_OK;
    if (g->touches.n >= g->limit_touches) {
        g->folded++;
        return KO_OK;
    }
    KO_LIST_ADD(&g->arena, &g->touches, t);
    if (t == NULL)
        return KO_ENOMEM;
    *t = (struct ko_touch){.kind = kind,
                           .state = ko_touch_state_of(ev, kind),
                           .stale = is_stale(g, ev),
                           .complaint = ko_touch_complains(ev),
                           .export_index = ev->place.export_index,
                           .line = ev->place.line,
                           .time = ev->time,
                           .due = ev->due,
                           .done = ev->done,
                           .as_of = ev->as_of};
    return put_names(g, ev, t);
}

enum ko_status ko_gather_take(struct ko_gather *g, const struct ko_event *ev)
{
    enum ko_touch_kind kind;
    if (!ko_touch_kind_of(ev, &kind))
        return KO_OK;
    return g->pass == 1 ? learn(g, ev, kind) : keep(g, ev, kind);
}

/* ---- after both ---- */

uint32_t ko_touch_key(const struct ko_touch *t)
{
    if (t->kind == KO_TOUCH_PAYMENT && t->reference != 0)
        return t->reference;
    return t->customer != 0 ? t->customer : t->id;
}

static int cmp(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const struct ko_touch *x, const struct ko_touch *y)
{
    int order = cmp(x->export_index, y->export_index);
    return order != 0 ? order : cmp((int64_t)x->line, (int64_t)y->line);
}

/* Deliveries of one record side by side, the one to believe last. */
static int by_id(const void *a, const void *b)
{
    const struct ko_touch *x = a, *y = b;
    int order = cmp(x->kind, y->kind);
    if (order == 0)
        order = cmp(x->id, y->id);
    if (order == 0)
        order = cmp(x->state, y->state);
    return order != 0 ? order : by_place(x, y);
}

static int by_key(const void *a, const void *b)
{
    const struct ko_touch *x = a, *y = b;
    int order = cmp(x->kind, y->kind);
    if (order == 0)
        order = cmp(ko_touch_key(x), ko_touch_key(y));
    if (order == 0)
        order = cmp(x->time, y->time);
    return order != 0 ? order : by_place(x, y);
}

static bool same_record(const struct ko_touch *a, const struct ko_touch *b)
{
    return a->kind == b->kind && a->id == b->id && a->id != 0;
}

enum ko_status ko_gather_finish(struct ko_gather *g)
{
    size_t kept = 0, n = g->touches.n;
    struct ko_touch *v = g->touches.v;
    if (n > 1)
        qsort(v, n, sizeof *v, by_id);
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && same_record(&v[i], &v[i + 1]))
            continue;
        v[kept++] = v[i];
    }
    g->touches.n = kept;
    if (kept > 1)
        qsort(v, kept, sizeof *v, by_key);
    return KO_OK;
}

struct ko_str ko_gather_name(const struct ko_gather *g, uint32_t number)
{
    return number == 0 ? (struct ko_str){0} : g->names.entries[number - 1].key;
}
