/* impact_case.c: findings made by hand. */
#include "impact_case.h"

#include <math.h>
#include <stdlib.h>

static void check(bool ok)
{
    if (!ok)
        abort();
}

static ko_time minute_of(int64_t minute)
{
    return BUILD_FROM + minute * KO_MINUTE;
}

static void fill(struct ko_case *c, ko_nums *v, double x)
{
    size_t n = (size_t)c->head.buckets;
    v->v = ko_arena_alloc(&c->arena, n + 1, sizeof *v->v);
    check(v->v != NULL);
    v->n = v->cap = n;
    for (size_t i = 0; i < n; i++)
        v->v[i] = x;
}

size_t make_group(struct ko_case *c, const char *dim, const char *value)
{
    struct ko_group *g = ko_case_add(c, "group");
    check(g != NULL);
    g->dim = ko_str(dim);
    g->value = ko_str(value);
    g->id_kind = KO_STR("customer");
    fill(c, &g->total, 100);
    fill(c, &g->ids, 100);
    fill(c, &g->bad, 0);
    fill(c, &g->ids_bad, 0);
    fill(c, &g->ids_bad_first, 0);
    return c->groups.n - 1;
}

void make_fail(struct ko_case *c, size_t group, int64_t from, int64_t to, double bad)
{
    struct ko_group *g = &c->groups.v[group];
    for (int64_t i = from; i < to; i++)
        g->bad.v[i] = g->ids_bad.v[i] = bad;
    g->ids_bad_first.v[from] = bad;
}

void make_without_ids(struct ko_case *c, size_t group)
{
    struct ko_group *g = &c->groups.v[group];
    g->id_kind = KO_STR("");
    g->ids.n = g->ids_bad.n = g->ids_bad_first.n = 0;
}

static struct ko_str make_evidence(struct ko_case *c, uint32_t entity, const char *unit)
{
    struct ko_evidence *e;
    check(ko_case_add_evidence(c, KO_STAGE_CORRELATE, &e) == KO_OK);
    e->kind = KO_STR("signal");
    e->text = KO_STR("made by hand");
    e->entity = entity;
    e->unit = ko_str(unit);
    return e->id;
}

void make_onset(struct ko_case *c, const char *entity, const char *signal,
                enum ko_class cls, int64_t minute, double before, double after,
                const char *unit)
{
    uint32_t id = build_entity(c, entity);
    struct ko_str evidence = make_evidence(c, id, unit);
    struct ko_onset *o = ko_case_add(c, "onset");
    check(o != NULL);
    o->entity = id;
    o->signal = ko_str(signal);
    o->kind = KO_STR("signal");
    o->cls = (int)cls;
    o->time = minute_of(minute);
    o->lo = o->time - 30 * KO_SECOND;
    o->hi = o->time + 30 * KO_SECOND;
    o->score = 10;
    o->before = before;
    o->after = after;
    o->rise = true;
    o->evidence = evidence;
}

static struct ko_node *add_node(struct ko_case *c, uint32_t entity, int64_t minute)
{
    struct ko_chain *chain = &c->chains.v[c->chains.n - 1];
    struct ko_node *node;
    KO_LIST_ADD(&c->arena, &chain->nodes, node);
    check(node != NULL);
    node->entity = entity;
    node->time = minute_of(minute);
    node->lo = node->time - 30 * KO_SECOND;
    node->hi = node->time + 30 * KO_SECOND;
    node->parent = KO_NO_ENTITY;
    return node;
}

void make_chain(struct ko_case *c, const char *origin, int64_t minute)
{
    uint32_t id = build_entity(c, origin);
    struct ko_chain *chain = ko_case_add(c, "chain");
    check(chain != NULL);
    chain->origin = id;
    chain->start = minute_of(minute);
    (void)add_node(c, id, minute);
}

void make_node(struct ko_case *c, const char *entity, const char *parent, int64_t minute,
               const char *mechanism)
{
    uint32_t id = build_entity(c, entity), up = build_entity(c, parent);
    add_node(c, id, minute)->parent = up;
    struct ko_link *l = ko_case_add(c, "link");
    check(l != NULL);
    l->from = up;
    l->to = id;
    l->lag = KO_MINUTE;
    l->mechanism = ko_str(mechanism);
    l->structure = KO_STR("declared");
    l->score = 0.9;
}

void make_chain_end(struct ko_case *c, int64_t minute)
{
    c->chains.v[c->chains.n - 1].end = minute_of(minute);
}

struct ko_suspect *make_suspect(struct ko_case *c, const char *entity, int64_t minute,
                                const char *verdict)
{
    uint32_t id = build_entity(c, entity);
    struct ko_suspect *s = ko_case_add(c, "suspect");
    check(s != NULL);
    s->rank = (int64_t)c->suspects.n;
    s->entity = id;
    s->onset = minute_of(minute);
    s->lo = s->onset - 30 * KO_SECOND;
    s->hi = s->onset + 30 * KO_SECOND;
    s->score = 10.0 / (double)c->suspects.n;
    s->verdict = ko_str(verdict);
    return s;
}

struct ko_change *make_change(struct ko_case *c, const char *entity, const char *kind,
                              const char *id, int64_t minute)
{
    uint32_t at = build_entity(c, entity);
    struct ko_change *x = ko_case_add(c, "change");
    check(x != NULL);
    x->time = minute_of(minute);
    x->entity = at;
    x->kind = ko_str(kind);
    x->id = ko_str(id);
    x->row = KO_STR("changes.csv:2");
    return x;
}

struct ko_milestone *make_milestone(struct ko_case *c, const char *what,
                                    const char *entity, const char *owner, int64_t minute)
{
    uint32_t at = entity[0] != '\0' ? build_entity(c, entity) : KO_NO_ENTITY;
    struct ko_milestone *m = ko_case_add(c, "milestone");
    check(m != NULL);
    m->what = ko_str(what);
    m->entity = at;
    m->owner = ko_str(owner);
    m->time = minute_of(minute);
    m->row = KO_STR("pages.csv:2");
    return m;
}

static struct ko_journey *journey_of(struct ko_case *c, const char *name)
{
    for (size_t i = 0; i < c->journeys.n; i++) {
        if (ko_str_eq(c->journeys.v[i].name, ko_str(name)))
            return &c->journeys.v[i];
    }
    struct ko_journey *j = ko_case_add(c, "journey");
    check(j != NULL);
    j->name = ko_str(name);
    return j;
}

void make_step(struct ko_case *c, const char *journey, const char *step,
               const char *entity, const char *fallback)
{
    uint32_t id = build_entity(c, entity);
    struct ko_journey *j = journey_of(c, journey);
    struct ko_step *s;
    KO_LIST_ADD(&c->arena, &j->steps, s);
    check(s != NULL);
    s->name = ko_str(step);
    s->entity = id;
    s->fallback = ko_str(fallback);
}

static void rise(double *v, int64_t from, int64_t to, double x)
{
    for (int64_t i = from; i < to; i++)
        v[i] = x;
}

static void make_story_signals(struct ko_case *c)
{
    rise(build_series(c, "identity", "latency_mean", KO_CLASS_LATENCY, 0.1), 20, 50, 2.6);
    rise(build_series(c, "portal", "requests", KO_CLASS_LOAD, 800), 24, 50, 1200);
    rise(build_series(c, "portal", "retries", KO_CLASS_RETRY, 16), 24, 50, 360);
    (void)build_series(c, "billing", "offered", KO_CLASS_CUSTOMER, 10);
    rise(build_series(c, "billing", "abandoned", KO_CLASS_CUSTOMER, 0), 25, 50, 4);
    rise(build_series(c, "billing", "wait_mean", KO_CLASS_QUEUE, 20), 25, 50, 300);
    (void)build_series(c, "payments", "latency_mean", KO_CLASS_LATENCY, 0.3);
    make_onset(c, "identity", "latency_mean", KO_CLASS_LATENCY, 20, 0.1, 2.6, "s");
    make_onset(c, "portal", "retries", KO_CLASS_RETRY, 24, 16, 360, "1");
    make_onset(c, "billing", "wait_mean", KO_CLASS_QUEUE, 25, 20, 300, "s");
    build_edge(c, "portal", "identity", "declared");
}

static void make_story_findings(struct ko_case *c)
{
    make_chain(c, "identity", 20);
    make_node(c, "portal", "identity", 24, "slow-dependency");
    make_node(c, "billing", "portal", 25, "queue-pressure");
    struct ko_suspect *s = make_suspect(c, "identity", 20, "likely");
    check(ko_case_add_str(c, &s->reasons_for, KO_STR("its latency rose first [E1]")) ==
          KO_OK);
    check(ko_case_add_str(c, &s->evidence, KO_STR("E1")) == KO_OK);
    s = make_suspect(c, "portal", 24, "possible");
    check(ko_case_add_str(c, &s->reasons_against, KO_STR("it waits for identity")) ==
          KO_OK);
    struct ko_change *x = make_change(c, "identity", "deploy", "v4.12.0", 18);
    x->summary = KO_STR("session cache 20000 -> 200");
    x->verdict = KO_STR("suspect");
    x = make_change(c, "payments", "flag", "wallet", 10);
    x->verdict = KO_STR("coincident");
    x->why = KO_STR("not on the path");
    (void)make_milestone(c, "opened", "billing", "contact-centre", 30);
    (void)make_milestone(c, "assigned", "identity", "team-identity", 43);
}

void make_story(struct ko_case *c)
{
    build_case(c, 60);
    make_story_signals(c);
    make_story_findings(c);
    make_fail(c, make_group(c, "all", "all"), 20, 60, 30);
    make_fail(c, make_group(c, "region", "eu"), 20, 60, 30);
    (void)make_group(c, "region", "us");
    c->entities.v[build_entity(c, "identity")].owner = KO_STR("team-identity");
    c->entities.v[build_entity(c, "identity")].owner_from = KO_STR("map.json");
    c->entities.v[build_entity(c, "billing")].kind = (int)KO_KIND_QUEUE;
    make_step(c, "pay", "prove identity", "identity", "knowledge questions");
    make_step(c, "pay", "pay", "payments", "");
}

const struct ko_impact *find_impact(const struct ko_case *c, const char *measure,
                                    const char *dim, const char *value)
{
    for (size_t i = 0; i < c->impacts.n; i++) {
        const struct ko_impact *m = &c->impacts.v[i];
        if (ko_str_eq(m->measure, ko_str(measure)) && ko_str_eq(m->dim, ko_str(dim)) &&
            ko_str_eq(m->value, ko_str(value)))
            return m;
    }
    return NULL;
}

const struct ko_answer *find_answer(const struct ko_case *c, const char *question)
{
    for (size_t i = 0; i < c->answers.n; i++) {
        if (ko_str_eq(c->answers.v[i].question, ko_str(question)))
            return &c->answers.v[i];
    }
    return NULL;
}

const struct ko_unknown *find_unknown(const struct ko_case *c, const char *what)
{
    for (size_t i = 0; i < c->unknowns.n; i++) {
        if (ko_str_starts(c->unknowns.v[i].what, ko_str(what)))
            return &c->unknowns.v[i];
    }
    return NULL;
}

bool says(const struct ko_answer *a, const char *part)
{
    size_t at;
    if (ko_str_find(a->text, ko_str(part), &at))
        return true;
    for (size_t i = 0; i < a->more.n; i++) {
        if (ko_str_find(a->more.v[i], ko_str(part), &at))
            return true;
    }
    return false;
}
