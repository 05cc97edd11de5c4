/* unseen.c: entities whose change is all that tells of their trouble. */
#include "spread/unseen.h"

#include <math.h>

/* What chance brings more often is a coincidence. */
static const double CHANCE_MAX = 0.1;
/* The kind of change that decides where contacts go. */
static const struct ko_str ROUTING = KO_STR_INIT("routing");

bool ko_unseen_bears(const struct ko_case *c, const struct ko_change *changed,
                     const struct ko_trouble *t)
{
    if (changed->entity == t->entity)
        return false;
    if (c->entities.v[t->entity].kind == KO_KIND_QUEUE &&
        ko_str_eq(changed->kind, ROUTING))
        return true;
    for (size_t i = 0; i < c->edges.n; i++) {
        const struct ko_edge *e = &c->edges.v[i];
        bool waits = e->caller == t->entity && e->callee == changed->entity && !e->async;
        bool passed = e->caller == changed->entity && e->callee == t->entity && e->async;
        if (waits || passed)
            return true;
    }
    return false;
}

/* Does a series or a message tell of ${entity}? */
static bool is_told_of(const struct ko_case *c, uint32_t entity)
{
    for (size_t i = 0; i < c->series.n; i++) {
        if (c->series.v[i].entity == entity)
            return true;
    }
    for (size_t i = 0; i < c->templates.n; i++) {
        if (c->templates.v[i].entity == entity)
            return true;
    }
    return false;
}

/* Where contacts go shows in no signal of who decides it. */
static bool is_hidden(const struct ko_case *c, const struct ko_change *x)
{
    return ko_str_eq(x->kind, ROUTING) || !is_told_of(c, x->entity);
}

/* How often chance alone puts a change so near before the onset of ${t}. */
static double chance_of(const struct ko_case *c, const struct ko_change *x,
                        const struct ko_trouble *t)
{
    double window = (double)c->head.buckets * (double)c->head.step;
    double lag = fmax((double)t->lo - (double)x->time, (double)c->head.step);
    return 1 - exp(-lag * (double)c->changes.n / window);
}

/* The least chance among the troubles it bears on and does not follow. */
static double least_chance(const struct ko_case *c, const struct ko_change *x,
                           const ko_troubles *list, size_t n)
{
    double least = 1;
    for (size_t i = 0; i < n; i++) {
        const struct ko_trouble *t = &list->v[i];
        double chance = x->time <= t->hi ? chance_of(c, x, t) : 1;
        if (chance < least && chance <= CHANCE_MAX && ko_unseen_bears(c, x, t))
            least = chance;
    }
    return least;
}

/* The trouble of ${entity} among from..to; NULL none. */
static struct ko_trouble *find(const ko_troubles *list, size_t from, size_t to,
                               uint32_t entity)
{
    for (size_t i = from; i < to; i++) {
        if (list->v[i].entity == entity)
            return &list->v[i];
    }
    return NULL;
}

static void fill(const struct ko_case *c, size_t change, double chance,
                 struct ko_trouble *t)
{
    const struct ko_change *x = &c->changes.v[change];
    *t = (struct ko_trouble){.entity = x->entity,
                             .time = x->time,
                             .lo = x->time,
                             .hi = x->time + c->head.step,
                             .end = KO_TIME_NONE,
                             .weight = -log(chance),
                             .main = KO_TROUBLE_UNSEEN,
                             .change = change,
                             .failing = NAN};
}

enum ko_status ko_unseen_find(const struct ko_case *c, struct ko_arena *scratch,
                              ko_troubles *list)
{
    size_t n = list->n;
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *x = &c->changes.v[i];
        if (x->entity >= c->entities.n || find(list, 0, n, x->entity) != NULL)
            continue;
        double chance = least_chance(c, x, list, n);
        if (chance > CHANCE_MAX || !is_hidden(c, x))
            continue;
        struct ko_trouble *t = find(list, n, list->n, x->entity);
        if (t != NULL && t->weight >= -log(chance))
            continue;
        if (t == NULL)
            KO_LIST_ADD(scratch, list, t);
        if (t == NULL)
            return KO_ENOMEM;
        fill(c, i, chance, t);
    }
    return KO_OK;
}

enum ko_status ko_unseen_tell(struct ko_case *c, struct ko_trouble *t)
{
    if (t->told.n > 0)
        return KO_OK;
    const struct ko_change *x = &c->changes.v[t->change];
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_put(&b, x->kind);
    ko_buf_puts(&b, " ");
    ko_buf_put(&b, x->id);
    ko_buf_puts(&b, " of ");
    ko_buf_put(&b, ko_case_name(c, t->entity));
    ko_buf_puts(&b, " at ");
    ko_time_put_clock(&b, x->time);
    ko_buf_puts(&b, is_told_of(c, t->entity) ? "; its own signals show nothing"
                                             : "; no export tells of it");
    struct ko_evidence *e = NULL;
    enum ko_status st = ko_case_tell(c, KO_STAGE_CORRELATE, &b, &e);
    if (st != KO_OK)
        return st;
    e->kind = KO_STR("change");
    e->entity = t->entity;
    e->time = t->time;
    t->told = e->id;
    return x->row.n > 0 ? ko_case_add_str(c, &e->rows, x->row) : KO_OK;
}
