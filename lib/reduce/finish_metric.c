/* finish_metric.c: metric tracks become series: gauges averaged, counters turned into
 * rates, instances joined. */
#include "reduce/finish.h"

#include "base/mem.h"
#include "event/unit.h"
#include "reduce/metric_class.h"
#include "reduce/metric_owner.h"

#include <math.h>
#include <stdlib.h>

/* A counter that falls more often than restarts explain is a gauge; one fall tells
 * nothing. */
static const double RESETS_MAX_SHARE = 0.1;
enum { STEPS_MIN = 3, RISES_A_RESET = 2 };

/* A metric track with the case's names, to be grouped. */
struct item {
    uint32_t entity, caller, realm;
    struct ko_str signal, raw, instance;
    uint32_t track;
};

struct sample {
    ko_time time;
    double value;
};

/* One output series while it is computed. */
struct meter {
    struct ko_finish *f;
    const struct ko_grid *grid;
    const struct item *items;
    size_t n;
    double *v;    /* of the series */
    double *part; /* of one instance: increase, then rate */
    double *over; /* time that the increase took, s */
};

static int cmp_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* Same series side by side, and in it the same instance. */
static int by_series(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    int order = cmp_u32(x->entity, y->entity);
    if (order == 0)
        order = cmp_u32(x->caller + 1, y->caller + 1);
    if (order == 0)
        order = ko_str_cmp(x->signal, y->signal);
    if (order == 0)
        order = cmp_u32(x->realm, y->realm);
    if (order == 0)
        order = ko_str_cmp(x->raw, y->raw);
    if (order == 0)
        order = ko_str_cmp(x->instance, y->instance);
    return order;
}

static bool same_series(const struct item *x, const struct item *y)
{
    return x->entity == y->entity && x->caller == y->caller && x->realm == y->realm &&
           ko_str_eq(x->signal, y->signal);
}

static bool same_instance(const struct item *x, const struct item *y)
{
    return ko_str_eq(x->raw, y->raw) && ko_str_eq(x->instance, y->instance);
}

static struct ko_str name_of(const struct ko_finish *f, uint32_t name)
{
    return name != KO_NO_ENTITY ? f->r->names.v[name].raw : KO_STR("");
}

/* By entity: contacts are counted one by one. */
static bool *count_contacts(const struct ko_finish *f, struct ko_arena *arena)
{
    const struct ko_contacts *p = &f->r->contacts;
    bool *counted = ko_arena_alloc(arena, f->c->entities.n, sizeof *counted);
    for (size_t i = 0; counted != NULL && i < p->n; i++)
        counted[f->entity_of[p->v[i].entity]] = true;
    return counted;
}

/* Numbers of whole intervals stand beside those counted contact by contact. */
static struct ko_str beside_contacts(struct ko_str signal)
{
    static const struct ko_str names[][2] = {
        {KO_STR_INIT("offered"), KO_STR_INIT("offered{per=interval}")},
        {KO_STR_INIT("abandoned"), KO_STR_INIT("abandoned{per=interval}")},
        {KO_STR_INIT("transferred"), KO_STR_INIT("transferred{per=interval}")},
        {KO_STR_INIT("wait_mean"), KO_STR_INIT("wait_mean{per=interval}")},
        {KO_STR_INIT("handle_mean"), KO_STR_INIT("handle_mean{per=interval}")}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_eq(signal, names[i][0]))
            return names[i][1];
    }
    return signal;
}

static struct item *list_items(struct ko_finish *f, size_t *ret_n)
{
    const struct ko_reducer *r = f->r;
    struct item *items = ko_arena_alloc(&f->arena, r->tracks.n, sizeof *items);
    const bool *counted = count_contacts(f, &f->arena);
    struct ko_metric_owners owners;
    *ret_n = 0;
    if (counted == NULL || ko_metric_owners_init(&owners, f) != KO_OK)
        return NULL;
    for (uint32_t i = 0; items != NULL && i < r->tracks.n; i++) {
        const struct ko_track *t = &r->tracks.v[i];
        if (t->key.family != KO_TRACK_METRIC || ko_fold_has(r, t))
            continue; /* numbers of different things have no common meaning */
        struct ko_str signal = ko_state_said(r, t->key.signal);
        items[(*ret_n)++] = (struct item){
            .entity = ko_metric_owner(&owners, t),
            .caller = t->key.caller != KO_NO_ENTITY ? f->entity_of[t->key.caller]
                                                    : KO_NO_ENTITY,
            .realm = f->realm_of[t->key.export_index],
            .signal =
                counted[f->entity_of[t->key.entity]] ? beside_contacts(signal) : signal,
            .raw = name_of(f, t->key.entity),
            .instance = name_of(f, t->key.instance),
            .track = i};
    }
    if (items != NULL && *ret_n > 1)
        qsort(items, *ret_n, sizeof *items, by_series);
    return items;
}

/* ---- gauges and deltas ---- */

static enum ko_status add_gauges(struct meter *m, bool summed)
{
    uint64_t *count = ko_mem_alloc(m->grid->n, sizeof *count);
    ko_fixed *sum = ko_mem_alloc(m->grid->n, sizeof *sum);
    for (size_t k = 0; count != NULL && sum != NULL && k < m->n; k++) {
        struct ko_cells_walk w = ko_cells_walk(&m->f->r->cells, m->items[k].track);
        for (struct ko_cell c; ko_cells_next(&w, &c);) {
            size_t bucket;
            if (!ko_grid_bucket(m->grid, c.time, &bucket))
                continue;
            count[bucket] += c.n;
            sum[bucket] = ko_fixed_add(sum[bucket], c.sum);
        }
    }
    bool whole = count != NULL && sum != NULL;
    for (size_t i = 0; whole && i < m->grid->n; i++) {
        if (count[i] > 0)
            m->v[i] = ko_fixed_real(sum[i]) / (summed ? 1 : (double)count[i]);
    }
    ko_mem_free(count);
    ko_mem_free(sum);
    return whole ? KO_OK : KO_ENOMEM;
}

/* ---- counters ---- */

static int by_time(const void *a, const void *b)
{
    const struct sample *x = a, *y = b;
    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static size_t count_cells(const struct meter *m, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t k = from; k < to; k++) {
        struct ko_cells_walk w = ko_cells_walk(&m->f->r->cells, m->items[k].track);
        for (struct ko_cell c; ko_cells_next(&w, &c);)
            n++;
    }
    return n;
}

/* The samples of items from..to-1, one instance, in order, one an instant. */
static struct sample *samples_of(const struct meter *m, size_t from, size_t to,
                                 size_t *ret_n)
{
    size_t n = 0;
    struct sample *v = ko_mem_alloc(count_cells(m, from, to), sizeof *v);
    for (size_t k = from; v != NULL && k < to; k++) {
        struct ko_cells_walk w = ko_cells_walk(&m->f->r->cells, m->items[k].track);
        for (struct ko_cell c; ko_cells_next(&w, &c);)
            v[n++] = (struct sample){c.last_time, c.last};
    }
    if (v != NULL && n > 1)
        qsort(v, n, sizeof *v, by_time);
    size_t kept = 0;
    for (size_t i = 0; v != NULL && i < n; i++) {
        if (kept > 0 && v[kept - 1].time == v[i].time)
            kept--;
        v[kept++] = v[i];
    }
    *ret_n = kept;
    return v;
}

static size_t instance_end(const struct meter *m, size_t from)
{
    size_t to = from + 1;
    while (to < m->n && same_instance(&m->items[from], &m->items[to]))
        to++;
    return to;
}

/* Does no instance fall more often than restarts explain?  Few events a sample rarely
 * fall either, but as often as they rise. */
static enum ko_status counts_up(const struct meter *m, bool *ret)
{
    size_t steps = 0, falls = 0, rises = 0, n;
    for (size_t from = 0, to; from < m->n; from = to) {
        to = instance_end(m, from);
        struct sample *v = samples_of(m, from, to, &n);
        if (v == NULL)
            return KO_ENOMEM;
        for (size_t i = 1; i < n; i++) {
            steps++;
            falls += v[i].value < v[i - 1].value ? 1 : 0;
            rises += v[i].value > v[i - 1].value ? 1 : 0;
        }
        ko_mem_free(v);
    }
    bool one = falls == 1 && steps >= STEPS_MIN;
    bool few = one || (double)falls <= RESETS_MAX_SHARE * (double)steps;
    *ret = steps > 0 && few && falls * RISES_A_RESET <= rises;
    return KO_OK;
}

/* Increase between neighbours, put where it ends; after a reset it counts from 0. */
static void add_increase(const struct meter *m, const struct sample *v, size_t n)
{
    for (size_t i = 0; i < m->grid->n; i++)
        m->part[i] = m->over[i] = 0;
    for (size_t i = 1; i < n; i++) {
        size_t bucket;
        if (!ko_grid_bucket(m->grid, v[i].time, &bucket))
            continue;
        bool reset = v[i].value < v[i - 1].value;
        m->part[bucket] += reset ? v[i].value : v[i].value - v[i - 1].value;
        m->over[bucket] += (double)(v[i].time - v[i - 1].time) / (double)KO_SECOND;
    }
    for (size_t i = 0; i < m->grid->n; i++) {
        if (m->over[i] > 0)
            m->v[i] = (isnan(m->v[i]) ? 0 : m->v[i]) + m->part[i] / m->over[i];
    }
}

static enum ko_status add_rates(struct meter *m)
{
    m->part = ko_mem_alloc(m->grid->n, sizeof *m->part);
    m->over = ko_mem_alloc(m->grid->n, sizeof *m->over);
    enum ko_status st = m->part != NULL && m->over != NULL ? KO_OK : KO_ENOMEM;
    for (size_t from = 0, to; from < m->n && st == KO_OK; from = to) {
        size_t n;
        to = instance_end(m, from);
        struct sample *v = samples_of(m, from, to, &n);
        if (v == NULL)
            st = KO_ENOMEM;
        else
            add_increase(m, v, n);
        ko_mem_free(v);
    }
    ko_mem_free(m->part);
    ko_mem_free(m->over);
    return st;
}

/* ---- one series ---- */

static enum ko_metric_kind kind_of(const struct meter *m)
{
    enum ko_metric_kind kind = KO_METRIC_GAUGE;
    for (size_t k = 0; k < m->n; k++) {
        enum ko_metric_kind own = m->f->r->tracks.v[m->items[k].track].kind;
        kind = own > kind ? own : kind;
    }
    return kind;
}

/* The metric's own name, without the groups that it is measured for. */
static struct ko_str base_of(struct ko_str signal)
{
    size_t at;
    return ko_str_chr(signal, '{', &at) ? ko_str_sub(signal, 0, at) : signal;
}

/* The unit that the data or the name states; numbers go over to the one they are kept in.
 */
static enum ko_status put_unit(struct ko_finish *f, const struct meter *m, bool rate,
                               struct ko_series *s)
{
    struct ko_str unit = {NULL, 0};
    double factor = 1;
    for (size_t k = 0; k < m->n; k++) {
        struct ko_str own = f->r->tracks.v[m->items[k].track].unit;
        if (own.n > 0 && (unit.n == 0 || ko_str_cmp(own, unit) < 0))
            unit = own;
    }
    if (unit.n == 0)
        unit = ko_metric_unit(base_of(m->items[0].signal));
    (void)ko_unit_base(unit, &unit, &factor);
    for (size_t i = 0; i < m->grid->n && factor != 1; i++)
        m->v[i] *= factor;
    if (rate && ko_str_eq(unit, KO_STR("1")))
        unit = KO_STR("");
    if (rate)
        return ko_case_print(f->c, &s->unit, "%.*s/s", KO_ARG(unit));
    return ko_str_copy(&f->c->arena, unit, &s->unit);
}

static enum ko_status put_source(struct ko_finish *f, const struct meter *m,
                                 struct ko_series *s)
{
    uint32_t first = f->r->tracks.v[m->items[0].track].key.export_index;
    for (size_t k = 1; k < m->n; k++) {
        uint32_t e = f->r->tracks.v[m->items[k].track].key.export_index;
        first = f->export_rank[e] < f->export_rank[first] ? e : first;
    }
    return ko_str_copy(&f->c->arena, f->r->exports.v[first].file, &s->source);
}

static enum ko_status add_numbers(struct meter *m, bool *ret_rate, bool *ret_sum)
{
    enum ko_metric_kind kind = kind_of(m);
    enum ko_status st = KO_OK;
    *ret_rate =
        kind == KO_METRIC_COUNTER ||
        (kind == KO_METRIC_GAUGE && ko_metric_counts_up(base_of(m->items[0].signal)));
    *ret_sum = kind == KO_METRIC_DELTA;
    if (*ret_rate)
        st = counts_up(m, ret_rate);
    if (st != KO_OK)
        return st;
    return *ret_rate ? add_rates(m) : add_gauges(m, *ret_sum);
}

/* The name alone calls requests a load; how they ended makes them errors, and how many
 * latencies were measured is a load again. */
static enum ko_class class_of(struct ko_str signal, bool counted)
{
    static const struct ko_str bad[] = {KO_STR_INIT("code=5"), KO_STR_INIT("status=5"),
                                        KO_STR_INIT("=error"), KO_STR_INIT("=fail")};
    struct ko_str base = base_of(signal), labels = ko_str_skip(signal, base.n);
    enum ko_class cls = ko_metric_class(base);
    size_t at;
    bool timed = cls == KO_CLASS_LATENCY || cls == KO_CLASS_QUEUE;
    if (counted && timed && ko_str_ends(base, KO_STR("_count")))
        cls = KO_CLASS_LOAD;
    if (cls == KO_CLASS_OTHER && ko_str_starts(base, KO_STR("%")))
        return KO_CLASS_RESOURCE; /* "%user", "%idle" of sar */
    for (size_t i = 0; cls == KO_CLASS_LOAD && i < sizeof bad / sizeof *bad; i++) {
        if (ko_str_ifind(labels, bad[i], &at))
            return KO_CLASS_ERROR;
    }
    return cls;
}

static enum ko_status write_series(struct ko_finish *f, const struct item *items,
                                   size_t n)
{
    ko_nums nums;
    bool rate, sum, any = false;
    struct meter m = {.f = f, .grid = &f->grids[items[0].realm], .items = items, .n = n};
    enum ko_status st = ko_finish_nums(f, &nums, m.grid->n, NAN);
    if (st != KO_OK)
        return st;
    m.v = nums.v;
    st = add_numbers(&m, &rate, &sum);
    for (size_t i = 0; st == KO_OK && i < nums.n && !any; i++)
        any = !isnan(nums.v[i]);
    if (st != KO_OK || !any)
        return st;
    struct ko_series *s = ko_case_add(f->c, "series");
    if (s == NULL)
        return KO_ENOMEM;
    s->entity = items[0].entity;
    s->caller = items[0].caller;
    s->cls = (int)class_of(items[0].signal, rate || sum);
    s->stat = rate ? KO_STR("rate") : sum ? KO_STR("sum") : KO_STR("mean");
    s->normal = items[0].realm != 0;
    s->from = m.grid->from;
    s->v = nums;
    st = ko_str_copy(&f->c->arena, items[0].signal, &s->signal);
    if (st == KO_OK)
        st = put_unit(f, &m, rate, s);
    return st == KO_OK ? put_source(f, &m, s) : st;
}

enum ko_status ko_finish_metrics(struct ko_finish *f)
{
    size_t n;
    const struct item *items = list_items(f, &n);
    enum ko_status st = items != NULL ? KO_OK : KO_ENOMEM;
    for (size_t i = 0, end; i < n && st == KO_OK; i = end) {
        for (end = i + 1; end < n && same_series(&items[i], &items[end]); end++)
            ;
        st = write_series(f, &items[i], end - i);
    }
    return st;
}
