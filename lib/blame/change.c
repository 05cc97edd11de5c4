/* change.c: what to make of each change: suspect, or listed and not blamed, and why. */
#include "blame/change.h"
#include "blame/change_words.h"

#include "base/buf.h"
#include "base/num.h"
#include "spread/words.h"

#include <math.h>

/* A change may act at once or under the next load: this long before the onset counts. */
static const ko_dur LOOKBACK = 2 * KO_HOUR;
/* Clocks of the change list and of the measurements may differ by this. */
static const ko_dur CLOCK_SLACK = 30 * KO_SECOND;
static const double UNUSUAL = 1.0;
/* A change whose like falls before an onset more often than this proves nothing. */
static const double CHANCE_MAX = 0.1;
enum { WHY_MAX = 1024 };

/* What every change is compared with. */
struct incident {
    const struct ko_suspect *origin; /* NULL: none is more than chance */
    ko_time lo, hi;                  /* when it began */
    const bool *on_path;             /* by entity: the origin depends on it */
    const double *score;             /* by entity */
    const ko_clues *clues;
};

static ko_time or_else(ko_time t, ko_time otherwise)
{
    return t != KO_TIME_NONE ? t : otherwise;
}

static uint32_t changed_entity(const struct ko_case *c, const struct ko_change *x,
                               const struct incident *in)
{
    if (x->entity != KO_NO_ENTITY || in->origin == NULL)
        return x->entity;
    struct ko_str name = ko_case_name(c, in->origin->entity);
    bool named = ko_words_name(x->named, name) || ko_words_name(x->summary, name);
    return named ? in->origin->entity : KO_NO_ENTITY;
}

/* A commit acts when it is deployed, not before. */
static bool acts(const struct ko_change *x)
{
    return !ko_str_eq(x->kind, KO_STR("commit"));
}

/* The time over which the case lists changes: its window and what lies around it. */
static double listed(const struct ko_case *c)
{
    ko_time from = c->head.from, to = from + c->head.buckets * c->head.step;
    for (size_t i = 0; i < c->changes.n; i++) {
        ko_time t = c->changes.v[i].time;
        from = t < from ? t : from;
        to = t > to ? t : to;
    }
    return (double)(to - from);
}

/* That one of the entity's changes falls into the time before the onset anyway. */
static double chance(const struct ko_case *c, uint32_t entity, ko_dur before_onset)
{
    double n = 0, all = listed(c);
    for (size_t i = 0; i < c->changes.n; i++)
        n += c->changes.v[i].entity == entity && acts(&c->changes.v[i]);
    return all > 0 ? -expm1(-n * (double)before_onset / all) : 1;
}

static ko_dur distance(const struct ko_change *x, const struct incident *in)
{
    return in->hi > x->time ? in->hi - x->time : 0;
}

static void say_suspect(struct ko_buf *b, const struct ko_case *c,
                        const struct ko_change *x, uint32_t entity,
                        const struct incident *in)
{
    struct ko_str name = ko_case_name(c, entity);
    ko_time onset = or_else(in->origin->onset, in->hi);
    if (entity == in->origin->entity)
        ko_buf_printf(b, "on %.*s itself, ", KO_ARG(name));
    else
        ko_buf_printf(b, "on %.*s, which the origin depends on, ", KO_ARG(name));
    ko_time_put_dur(b, onset > x->time ? onset - x->time : 0);
    ko_buf_puts(b, " before the onset; chance of coincidence ");
    ko_num_human(b, 100 * chance(c, entity, distance(x, in)));
    ko_buf_puts(b, "%");
}

static bool is_deployed(const struct ko_case *c, const struct ko_change *x)
{
    for (size_t i = 0; i < c->changes.n; i++) {
        if (acts(&c->changes.v[i]) && ko_change_same(&c->changes.v[i], x))
            return true;
    }
    return false;
}

static const char *judge(struct ko_buf *b, const struct ko_case *c,
                         const struct ko_change *x, const struct incident *in)
{
    uint32_t entity = changed_entity(c, x, in);
    struct ko_str name = ko_case_name(c, entity);
    if (in->origin == NULL) {
        ko_buf_puts(b, "no component stands out enough to compare it with");
        return "not judged";
    }
    if (x->time > in->hi + CLOCK_SLACK) {
        ko_time_put_dur(b, x->time - in->hi);
        ko_buf_puts(b, " after the trouble began");
        return "later";
    }
    if (x->time < in->lo - LOOKBACK) {
        ko_time_put_dur(b, in->lo - x->time);
        ko_buf_puts(b, " before the onset, all quiet in between");
        return "too early";
    }
    if (!acts(x) && is_deployed(c, x)) {
        ko_buf_puts(b, "it acted when it was deployed");
        return "shipped";
    }
    if (entity == KO_NO_ENTITY) {
        ko_buf_puts(b, "it does not say what it touched");
        return "coincident";
    }
    if (!in->on_path[entity]) {
        struct ko_str origin = ko_case_name(c, in->origin->entity);
        ko_buf_printf(b, "%.*s does not depend on %.*s", KO_ARG(origin), KO_ARG(name));
        return "coincident";
    }
    if (!(in->score[entity] >= UNUSUAL)) {
        ko_buf_printf(b, "nothing unusual was measured on %.*s", KO_ARG(name));
        return "coincident";
    }
    say_suspect(b, c, x, entity, in);
    return chance(c, entity, distance(x, in)) > CHANCE_MAX ? "coincident" : "suspect";
}

static enum ko_status prove(struct ko_case *c, size_t change)
{
    struct ko_evidence *e;
    enum ko_status st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    if (st != KO_OK)
        return st;
    const struct ko_change *x = &c->changes.v[change];
    e->kind = KO_STR("change");
    e->entity = x->entity;
    e->time = x->time;
    st = ko_case_print(c, &e->text, "%.*s %.*s: %.*s", KO_ARG(x->kind), KO_ARG(x->id),
                       KO_ARG(x->why));
    if (st == KO_OK && x->row.n > 0)
        st = ko_case_add_str(c, &e->rows, x->row);
    return st;
}

static bool is_suspect(const struct ko_change *x)
{
    return ko_str_eq(x->verdict, KO_STR("suspect"));
}

static enum ko_status judge_each(struct ko_case *c, const struct incident *in,
                                 struct ko_buf *b)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->changes.n && st == KO_OK; i++) {
        struct ko_change *x = &c->changes.v[i];
        ko_buf_reset(b);
        x->verdict = ko_str(judge(b, c, x, in));
        x->rec.changed = true;
        st = b->status;
        if (st == KO_OK)
            st = ko_str_copy(&c->arena, ko_buf_str(b), &x->why);
    }
    return st;
}

/* The one that speaks most of what failed, then the nearest to the onset. */
static size_t likeliest(const struct ko_case *c, const struct incident *in)
{
    size_t best = SIZE_MAX;
    double most = -1;
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *x = &c->changes.v[i];
        if (!is_suspect(x))
            continue;
        double words = ko_change_words(c, in->clues, changed_entity(c, x, in), i);
        if (words > most || (!(words < most) && x->time > c->changes.v[best].time)) {
            best = i;
            most = words;
        }
    }
    return best;
}

/* One change is blamed; what else would fit is said not to be as likely. */
static enum ko_status settle_on_one(struct ko_case *c, const struct incident *in)
{
    size_t best = likeliest(c, in);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->changes.n && st == KO_OK; i++) {
        struct ko_change *x = &c->changes.v[i];
        if (!is_suspect(x) || i == best)
            continue;
        const struct ko_change *other = &c->changes.v[best];
        x->verdict = KO_STR("coincident");
        st = ko_case_print(c, &x->why, "%.*s %.*s fits what failed better; %.*s",
                           KO_ARG(other->kind), KO_ARG(other->id), KO_ARG(x->why));
    }
    return st == KO_OK && best != SIZE_MAX ? prove(c, best) : st;
}

/* When the trouble of an entity without onset was first felt: by those that follow it. */
static ko_time felt_at(const struct ko_case *c, uint32_t entity)
{
    for (size_t i = 0; i < c->chains.n; i++) {
        const struct ko_chain *chain = &c->chains.v[i];
        if (chain->origin == entity && chain->nodes.n > 1)
            return chain->nodes.v[1].time;
    }
    return or_else(c->head.at, ko_case_time(c, 0));
}

enum ko_status ko_change_judge(struct ko_case *c, const struct ko_graph *graph,
                               const ko_clues *clues, struct ko_arena *scratch,
                               const struct ko_standing *standings)
{
    size_t n = c->entities.n;
    bool *on_path = ko_arena_alloc(scratch, n + 1, sizeof *on_path);
    double *score = ko_arena_alloc(scratch, n + 1, sizeof *score);
    struct incident in = {.on_path = on_path, .score = score, .clues = clues};
    struct ko_buf b;
    enum ko_status st = KO_OK;
    if (on_path == NULL || score == NULL)
        return KO_ENOMEM;
    if (c->suspects.n > 0 &&
        !ko_str_eq(c->suspects.v[0].verdict, KO_STR("insufficient evidence")))
        in.origin = &c->suspects.v[0];
    for (size_t i = 0; i < n; i++)
        score[standings[i].entity] = standings[i].score;
    if (in.origin != NULL) {
        ko_time start = felt_at(c, in.origin->entity);
        in.lo = or_else(in.origin->lo, or_else(in.origin->onset, start));
        in.hi = or_else(in.origin->hi, or_else(in.origin->onset, start));
        st = ko_graph_reaches(graph, scratch, in.origin->entity, on_path);
    }
    ko_buf_init(&b, WHY_MAX);
    if (st == KO_OK)
        st = judge_each(c, &in, &b);
    if (st == KO_OK)
        st = settle_on_one(c, &in);
    ko_buf_release(&b);
    return st;
}
