/* link.c: the ways by which trouble may have travelled, each with its support. */
#include "spread/link.h"

#include "base/num.h"
#include "spread/unseen.h"

#include <math.h>
#include <stdlib.h>

/* How sure each kind of relation is. */
static const double STRUCTURE[] = {
    [KO_RELATION_DECLARED] = 1.0,  [KO_RELATION_OBSERVED] = 1.0,
    [KO_RELATION_NAMED] = 0.9,     [KO_RELATION_HANDOFF] = 0.4,
    [KO_RELATION_CUSTOMERS] = 0.5, [KO_RELATION_ROUTED] = 0.4,
    [KO_RELATION_INFERRED] = 0.2,
};
/* What goes up arrives with the answer, and the louder of two signs shows sooner: within
 * this part of a bucket their order tells nothing.  What goes down builds up first. */
enum { ORDER_BLUR = 2 };
/* Support falls to a third over this lag; without structure sooner. */
static const ko_dur LAG = 30 * KO_MINUTE;
static const ko_dur LAG_INFERRED = 10 * KO_MINUTE;
/* Effects may outlive their cause by so many buckets; past it, little speaks for it. */
enum { AFTERMATH_BUCKETS = 5 };
static const double AFTERMATH = 0.05;
/* Less support is no candidate. */
static const double SUPPORT_MIN = 0.01;

/* The share of the two intervals in which the cause comes first. */
static double order_support(const struct ko_trouble *from, const struct ko_trouble *to,
                            ko_dur skew)
{
    double room = (double)(to->hi - from->lo + 2 * skew);
    double wide = (double)((to->hi - to->lo) + (from->hi - from->lo) + 2 * skew);
    if (room < 0)
        return 0;
    return wide <= 0 || room >= wide ? 1 : room / wide;
}

static double time_support(const struct ko_case *c, const struct ko_trouble *from,
                           const struct ko_trouble *to, bool inferred, ko_dur skew)
{
    ko_dur lag = to->time > from->time ? to->time - from->time : 0;
    double support = order_support(from, to, skew);
    support *= exp(-(double)lag / (double)(inferred ? LAG_INFERRED : LAG));
    bool over = from->end != KO_TIME_NONE &&
                from->end + AFTERMATH_BUCKETS * c->head.step < to->lo;
    return over ? support * AFTERMATH : support;
}

static double deviation_support(const struct ko_trouble *from,
                                const struct ko_trouble *to)
{
    return (1 - exp(-from->weight)) * (1 - exp(-to->weight));
}

/* A small deviation is unlikely to cause a larger one (Orchard et al., NeurIPS 2025,
 * score ordering): the only hint at direction when there is no structure. */
static double order_of_scores(const struct ko_trouble *from, const struct ko_trouble *to)
{
    double ratio = log1p(from->score) / log1p(to->score);
    return ratio < 1 ? ratio : 1;
}

static bool is_async(const struct ko_relation *r)
{
    return r->edge != NULL && r->edge->async;
}

static double support_of(const struct ko_case *c, const ko_troubles *troubles,
                         const struct ko_path *p, ko_dur skew)
{
    const struct ko_trouble *from = &troubles->v[p->from];
    const struct ko_trouble *to = &troubles->v[p->to];
    const struct ko_relation *r = p->relation;
    bool inferred = r->kind == KO_RELATION_INFERRED;
    bool passed = r->kind == KO_RELATION_HANDOFF || r->kind == KO_RELATION_CUSTOMERS;
    double travels = inferred ? 1
                     : passed
                         ? (p->way == KO_WAY_DOWN ? 1 : 0.5)
                         : ko_mechanism_support(from, to, p->way, is_async(r), r->felt);
    ko_dur blur = p->way == KO_WAY_UP ? c->head.step / ORDER_BLUR : 0;
    double deviates = inferred ? order_of_scores(from, to) : deviation_support(from, to);
    return STRUCTURE[r->kind] * travels * deviates *
           time_support(c, from, to, inferred, skew + blur);
}

static int cmp_path(const void *a, const void *b)
{
    const struct ko_path *x = a;
    const struct ko_path *y = b;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->way != y->way)
        return x->way < y->way ? -1 : 1;
    return (x->relation > y->relation) - (x->relation < y->relation);
}

/* An unseen trouble has no cause but its change, and bears on what depends on it. */
static bool may_be_unseen(const struct ko_case *c, const ko_troubles *troubles,
                          const struct ko_path *p)
{
    const struct ko_trouble *from = &troubles->v[p->from];
    const struct ko_trouble *to = &troubles->v[p->to];
    if (to->main == KO_TROUBLE_UNSEEN)
        return false;
    return from->main != KO_TROUBLE_UNSEEN ||
           ko_unseen_bears(c, &c->changes.v[from->change], to);
}

enum ko_status ko_link_candidates(const struct ko_case *c, const ko_troubles *troubles,
                                  const ko_relations *relations, ko_dur skew,
                                  struct ko_arena *scratch, ko_paths *ret)
{
    for (size_t i = 0; i < relations->n; i++) {
        const struct ko_relation *r = &relations->v[i];
        for (enum ko_way way = KO_WAY_UP; way <= KO_WAY_DOWN; way++) {
            bool up = way == KO_WAY_UP;
            struct ko_path p = {up ? r->callee : r->caller, up ? r->caller : r->callee, r,
                                way, 0};
            if (!up && r->kind == KO_RELATION_INFERRED)
                continue;
            if (up && r->kind == KO_RELATION_CUSTOMERS)
                continue;
            if (!may_be_unseen(c, troubles, &p))
                continue;
            p.support = support_of(c, troubles, &p, skew);
            if (p.support < SUPPORT_MIN)
                continue;
            struct ko_path *kept;
            KO_LIST_ADD(scratch, ret, kept);
            if (kept == NULL)
                return KO_ENOMEM;
            *kept = p;
        }
    }
    if (ret->n > 1)
        qsort(ret->v, ret->n, sizeof *ret->v, cmp_path);
    return KO_OK;
}

static void put_relation(struct ko_buf *b, const struct ko_case *c,
                         const struct ko_relation *r, uint32_t caller, uint32_t callee)
{
    ko_buf_put(b, ko_case_name(c, caller));
    if (r->kind == KO_RELATION_HANDOFF) {
        ko_buf_puts(b, " hands over to ");
        ko_buf_put(b, ko_case_name(c, callee));
        ko_buf_puts(b, " in the journey ");
        ko_buf_put(b, r->journey->name);
        return;
    }
    ko_buf_puts(b, r->kind == KO_RELATION_NAMED       ? " names "
                   : r->kind == KO_RELATION_CUSTOMERS ? " loses customers to "
                   : r->kind == KO_RELATION_ROUTED    ? " gets its contacts by "
                                                      : " calls ");
    ko_buf_put(b, ko_case_name(c, callee));
    if (r->edge != NULL && !isnan(r->edge->calls)) {
        ko_buf_puts(b, ", ");
        ko_num_human(b, r->edge->calls);
        ko_buf_puts(b, " calls");
    }
    if (r->edge != NULL && r->edge->async)
        ko_buf_puts(b, ", without waiting");
    if (r->kind == KO_RELATION_NAMED) {
        ko_buf_puts(b, " in \"");
        ko_buf_put(b, c->onsets.v[r->felt->complaint].signal);
        ko_buf_putc(b, '"');
    }
}

/* The evidence record of a relation; none for an inferred one. */
static enum ko_status tell_relation(struct ko_case *c, const ko_troubles *troubles,
                                    const struct ko_relation *r, struct ko_str *ret_id)
{
    uint32_t caller = troubles->v[r->caller].entity;
    uint32_t callee = troubles->v[r->callee].entity;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    put_relation(&b, c, r, caller, callee);
    struct ko_evidence *e = NULL;
    enum ko_status st = ko_case_tell(c, KO_STAGE_CORRELATE, &b, &e);
    if (st != KO_OK)
        return st;
    e->kind = KO_STR("edge");
    e->entity = callee;
    e->caller = caller;
    *ret_id = e->id;
    if (r->edge != NULL && r->edge->row.n > 0)
        return ko_case_add_str(c, &e->rows, r->edge->row);
    return KO_OK;
}

static struct ko_str structure_name(enum ko_relation_kind kind)
{
    if (kind == KO_RELATION_INFERRED || kind == KO_RELATION_CUSTOMERS ||
        kind == KO_RELATION_ROUTED)
        return KO_STR("inferred");
    bool declared = kind == KO_RELATION_DECLARED || kind == KO_RELATION_HANDOFF;
    return declared ? KO_STR("declared") : KO_STR("observed");
}

static enum ko_status add_evidence(struct ko_case *c, const ko_troubles *troubles,
                                   const struct ko_path *p, const struct ko_mechanism *m,
                                   ko_strs *list)
{
    struct ko_str relation = KO_STR("");
    if (p->relation->kind != KO_RELATION_INFERRED &&
        tell_relation(c, troubles, p->relation, &relation) != KO_OK)
        return KO_ENOMEM;
    const struct ko_trouble *from = &troubles->v[p->from];
    const struct ko_trouble *to = &troubles->v[p->to];
    const struct ko_str ids[] = {ko_trouble_evidence(c, from, m->from_evidence),
                                 ko_trouble_evidence(c, to, m->to_evidence), relation};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        if (ids[i].n > 0 && ko_case_add_str(c, list, ids[i]) != KO_OK)
            return KO_ENOMEM;
    }
    return KO_OK;
}

enum ko_status ko_link_add(struct ko_case *c, const ko_troubles *troubles,
                           const struct ko_path *path, bool alternative)
{
    const struct ko_trouble *from = &troubles->v[path->from];
    const struct ko_trouble *to = &troubles->v[path->to];
    struct ko_mechanism m = ko_mechanism_of(from, to, path->way);
    if (path->relation->kind == KO_RELATION_CUSTOMERS &&
        !ko_str_eq(m.name, KO_STR("lost-context")))
        m.name = KO_STR("channel-shift");
    ko_strs evidence = {0};
    if (add_evidence(c, troubles, path, &m, &evidence) != KO_OK)
        return KO_ENOMEM;
    struct ko_link *l = ko_case_add(c, "link");
    if (l == NULL)
        return KO_ENOMEM;
    l->from = from->entity;
    l->to = to->entity;
    l->lag = to->time > from->time ? to->time - from->time : 0;
    l->mechanism = m.name;
    l->structure = structure_name(path->relation->kind);
    l->score = path->support;
    l->alternative = alternative;
    l->evidence = evidence;
    return KO_OK;
}
