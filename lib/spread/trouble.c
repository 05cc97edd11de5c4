/* trouble.c: what is wrong with each entity, and since when: its onsets taken together.
 */
#include "spread/trouble.h"

#include "spread/demand.h"
#include "spread/sign.h"
#include "spread/traffic.h"
#include "spread/unseen.h"
#include "spread/words.h"

#include <math.h>
#include <stdlib.h>

/* Onsets of one entity farther apart than this are two troubles. */
enum { GROUP_GAP_BUCKETS = 10 };
static const ko_dur GROUP_GAP = 10 * KO_MINUTE;
/* A trouble is over after so many calm buckets; what comes then is another. */
enum { CALM_BUCKETS = 5 };

static int cmp_item(const void *a, const void *b)
{
    const struct ko_sign *x = a;
    const struct ko_sign *y = b;
    int order = ko_str_cmp(x->name, y->name);
    order = order != 0 ? order : (x->time > y->time) - (x->time < y->time);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static ko_dur group_gap(const struct ko_case *c)
{
    ko_dur gap = GROUP_GAP_BUCKETS * c->head.step;
    return gap > GROUP_GAP ? gap : GROUP_GAP;
}

/* One trouble goes on without a calm of many buckets, nor with one new sign long after
 * the last; who is silent gives none. */
static bool goes_on(const struct ko_case *c, ko_time last, ko_time end, ko_time next)
{
    if (next - last > group_gap(c))
        return false;
    return end == KO_TIME_NONE || next <= end + CALM_BUCKETS * c->head.step;
}

/* The instant until which ${o} is the last sign. */
static ko_time last_sign(const struct ko_onset *o)
{
    return ko_sign_is_silence(o) && o->end != KO_TIME_NONE ? o->end : o->time;
}

static ko_time later_end(ko_time a, ko_time b)
{
    if (a == KO_TIME_NONE || b == KO_TIME_NONE)
        return KO_TIME_NONE;
    return a > b ? a : b;
}

/* The last item of the group that starts at ${from}, plus one. */
static size_t group_end(const struct ko_case *c, const struct ko_sign *v, size_t from,
                        size_t n)
{
    ko_time end = c->onsets.v[v[from].at].end;
    ko_time last = last_sign(&c->onsets.v[v[from].at]);
    size_t to = from + 1;
    while (to < n && goes_on(c, last, end, v[to].time)) {
        const struct ko_onset *o = &c->onsets.v[v[to].at];
        end = later_end(end, o->end);
        last = last_sign(o) > last ? last_sign(o) : last;
        to++;
    }
    return to;
}

static double group_weight(const struct ko_case *c, const struct ko_sign *v, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += ko_sign_weight(&c->onsets.v[v[i].at]);
    return sum;
}

static unsigned symptom_of(const struct ko_onset *o)
{
    if (o->cls == KO_CLASS_LOAD)
        return o->rise ? KO_SYMPTOM_LOAD_RISE : KO_SYMPTOM_LOAD_FALL;
    return ko_sign_class_weight(o) > 0 ? 1u << o->cls : 0;
}

/* What a caller says of it: that it is late, or that it fails. */
static void note_heard(struct ko_trouble *t, const struct ko_onset *o, size_t at)
{
    bool late = (ko_words_themes(o->signal) & KO_THEME_TIME) != 0;
    enum ko_class cls = late ? KO_CLASS_LATENCY : KO_CLASS_ERROR;
    t->symptoms |= 1u << cls;
    t->n_clear++;
    t->score = fmax(t->score, o->score);
    if (t->by_class[cls] == 0)
        t->by_class[cls] = at + 1;
}

static void note(struct ko_trouble *t, const struct ko_onset *o, size_t at)
{
    t->symptoms |= symptom_of(o);
    t->n_clear += ko_sign_is_clear(o);
    t->score = fmax(t->score, ko_sign_class_weight(o) > 0 ? o->score : 0);
    if (ko_sign_class_weight(o) > 0 && t->by_class[o->cls] == 0)
        t->by_class[o->cls] = at + 1;
    if (o->cls == KO_CLASS_LOAD && o->rise && t->load_rise == 0)
        t->load_rise = at + 1;
    if (ko_str_eq(o->kind, KO_STR("template")) && o->cls != KO_CLASS_OTHER && o->rise)
        t->themes |= ko_words_themes(o->signal);
}

static void note_end(struct ko_trouble *t, const struct ko_onset *o, bool *open)
{
    if (ko_sign_class_weight(o) == 0)
        return;
    if (o->end == KO_TIME_NONE)
        *open = true;
    else if (o->end > t->end)
        t->end = o->end;
}

static void summarise(const struct ko_case *c, const struct ko_sign *v, size_t n,
                      struct ko_trouble *ret)
{
    size_t main = ko_sign_begin(c, v, n);
    const struct ko_onset *o = &c->onsets.v[v[main].at];
    *ret = (struct ko_trouble){.entity = v->entity,
                               .time = o->time,
                               .lo = o->lo,
                               .hi = o->hi,
                               .end = KO_TIME_NONE,
                               .weight = group_weight(c, v, n),
                               .main = v[main].at};
    bool open = false;
    for (size_t i = 0; i < n; i++) {
        if (v[i].heard)
            note_heard(ret, &c->onsets.v[v[i].at], v[i].at);
        else
            note(ret, &c->onsets.v[v[i].at], v[i].at);
        note_end(ret, &c->onsets.v[v[i].at], &open);
    }
    if (open)
        ret->end = KO_TIME_NONE;
}

static enum ko_status add_heaviest(const struct ko_case *c, const struct ko_sign *v,
                                   size_t n, struct ko_arena *scratch, ko_troubles *ret)
{
    size_t best = 0;
    size_t best_n = 0;
    double best_weight = 0;
    for (size_t from = 0; from < n;) {
        size_t to = group_end(c, v, from, n);
        double weight = group_weight(c, v + from, to - from);
        if (weight > best_weight) {
            best = from;
            best_n = to - from;
            best_weight = weight;
        }
        from = to;
    }
    if (best_weight < KO_SIGN_WEIGHT_MIN)
        return KO_OK;
    struct ko_trouble *t;
    KO_LIST_ADD(scratch, ret, t);
    if (t == NULL)
        return KO_ENOMEM;
    summarise(c, v + best, best_n, t);
    return KO_OK;
}

/* By time; the list comes in order of name, and ties keep it through `entity` order. */
struct dated {
    struct ko_trouble t;
    size_t rank;
};

static int cmp_dated(const void *a, const void *b)
{
    const struct dated *x = a;
    const struct dated *y = b;
    int order = (x->t.time > y->t.time) - (x->t.time < y->t.time);
    return order != 0 ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

static enum ko_status sort_by_time(struct ko_arena *scratch, ko_troubles *list)
{
    struct dated *v = ko_arena_alloc(scratch, list->n + 1, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < list->n; i++)
        v[i] = (struct dated){list->v[i], i};
    qsort(v, list->n, sizeof *v, cmp_dated);
    for (size_t i = 0; i < list->n; i++)
        list->v[i] = v[i].t;
    return KO_OK;
}

/* What a trouble is at its outset. */
enum { OUTSET_BUCKETS = 5 };

static enum ko_status weigh_failures(const struct ko_case *c, struct ko_arena *scratch,
                                     ko_troubles *list)
{
    struct ko_traffic_index x;
    if (ko_traffic_index_make(c, scratch, &x) != KO_OK)
        return KO_ENOMEM;
    for (size_t i = 0; i < list->n; i++) {
        struct ko_trouble *t = &list->v[i];
        struct ko_traffic traffic = ko_traffic_find(&x, t->entity, KO_NO_ENTITY, NULL);
        int64_t at = ko_case_bucket(c, t->time);
        size_t from = at > 0 ? (size_t)at : 0;
        t->kind = c->entities.v[t->entity].kind;
        t->failing = ko_traffic_failing(&traffic,
                                        (struct ko_buckets){from, from + OUTSET_BUCKETS});
    }
    return KO_OK;
}

/* The items of all entities, not in order. */
struct items {
    struct ko_sign *v;
    size_t n;
    bool *own;        /* entity: it has a sign of its own */
    size_t *accusers; /* entity: callers that complain of it */
};

static enum ko_status items_new(const struct ko_case *c, const ko_felts *felts,
                                struct ko_arena *scratch, struct items *ret)
{
    struct items x = {0};
    x.v = ko_arena_alloc(scratch, c->onsets.n + felts->n + 1, sizeof *x.v);
    x.own = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *x.own);
    x.accusers = ko_arena_alloc(scratch, c->entities.n + 1, sizeof *x.accusers);
    if (x.v == NULL || x.own == NULL || x.accusers == NULL)
        return KO_ENOMEM;
    *ret = x;
    return KO_OK;
}

static void add_own(const struct ko_case *c, const bool *explained, struct items *x)
{
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity >= c->entities.n || explained[i])
            continue;
        x->v[x->n++] =
            (struct ko_sign){ko_case_name(c, o->entity), o->entity, o->time, i, false};
        x->own[o->entity] = x->own[o->entity] || ko_sign_is_clear(o);
    }
}

static void add_heard(const struct ko_case *c, const ko_felts *felts, struct items *x)
{
    for (size_t i = 0; i < felts->n; i++)
        x->accusers[felts->v[i].callee] += felts->v[i].complaint != KO_FELT_NONE;
    for (size_t i = 0; i < felts->n; i++) {
        uint32_t entity = felts->v[i].callee;
        size_t at = felts->v[i].complaint;
        if (at == KO_FELT_NONE || (!x->own[entity] && x->accusers[entity] < 2))
            continue;
        x->v[x->n++] = (struct ko_sign){ko_case_name(c, entity), entity,
                                        c->onsets.v[at].time, at, true};
    }
}

enum ko_status ko_trouble_find(const struct ko_case *c, const ko_felts *felts,
                               struct ko_arena *scratch, ko_troubles *ret)
{
    struct items x;
    bool *explained;
    if (items_new(c, felts, scratch, &x) != KO_OK ||
        ko_demand_explain(c, scratch, &explained) != KO_OK)
        return KO_ENOMEM;
    add_own(c, explained, &x);
    add_heard(c, felts, &x);
    qsort(x.v, x.n, sizeof *x.v, cmp_item);
    for (size_t from = 0; from < x.n;) {
        size_t to = from + 1;
        while (to < x.n && x.v[to].entity == x.v[from].entity)
            to++;
        if (add_heaviest(c, x.v + from, to - from, scratch, ret) != KO_OK)
            return KO_ENOMEM;
        from = to;
    }
    if (ko_unseen_find(c, scratch, ret) != KO_OK ||
        weigh_failures(c, scratch, ret) != KO_OK)
        return KO_ENOMEM;
    return sort_by_time(scratch, ret);
}

struct ko_str ko_trouble_evidence(const struct ko_case *c, const struct ko_trouble *t,
                                  size_t onset)
{
    return onset == KO_TROUBLE_UNSEEN ? t->told : c->onsets.v[onset].evidence;
}
