/* finish_spot.c: the spots of interactions, and which of them count. */
#include "reduce/finish_spot.h"

#include "reduce/take.h"

#include <math.h>

/* What is known of an entity of the case. */
struct terms {
    ko_dur slow_after;
    uint32_t journey;
    uint32_t first_of, steps_of; /* journeys that begin here; that pass */
    bool called;                 /* by anybody */
    bool tells[KO_WITNESSES], names[KO_WITNESSES]; /* who tells of it, and names people */
};

struct job {
    struct ko_finish *f;
    struct ko_spots *spots;
    struct terms *terms;                    /* by entity */
    bool entrance, entrance_people, people; /* of requests: there are some that count */
};

/* ---- what the case says of entities ---- */

static void note_step(struct job *j, uint32_t journey, size_t at,
                      const struct ko_step *step)
{
    if (step->entity == KO_NO_ENTITY)
        return;
    struct terms *t = &j->terms[step->entity];
    double after = fmax(step->slow_after * (double)KO_SECOND, (double)KO_TOOK_MIN);
    after = fmin(after, (double)KO_TAKE_DUR_MAX);
    if (!isnan(step->slow_after) && after > (double)t->slow_after)
        t->slow_after = (ko_dur)after;
    if (t->first_of == 0 || at == 0)
        t->journey = journey;
    t->first_of += at == 0;
    t->steps_of++;
}

static enum ko_status find_terms(struct job *j)
{
    const struct ko_case *c = j->f->c;
    j->terms = ko_arena_alloc(&j->f->arena, c->entities.n + 1, sizeof *j->terms);
    if (j->terms == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->entities.n; i++)
        j->terms[i] = (struct terms){.slow_after = -1, .journey = KO_NO_ENTITY};
    for (uint32_t i = 0; i < c->journeys.n; i++) {
        for (size_t k = 0; k < c->journeys.v[i].steps.n; k++)
            note_step(j, i, k, &c->journeys.v[i].steps.v[k]);
    }
    for (size_t i = 0; i < c->edges.n; i++)
        j->terms[c->edges.v[i].callee].called = true;
    return KO_OK;
}

/* Lines that tell no outcome of somebody come from all over a platform whose calls nobody
 * knows. */
static bool is_entrance(const struct job *j, const struct ko_spot *p)
{
    int kind = j->f->c->entities.v[p->entity].kind;
    const struct terms *t = &j->terms[p->entity];
    bool line = p->witness == KO_WITNESS_LINE && p->people;
    return t->first_of > 0 || (!t->called && !line) || kind == KO_KIND_CHANNEL ||
           kind == KO_KIND_BOT || kind == KO_KIND_QUEUE || kind == KO_KIND_DESK;
}

/* Of the journey that begins there, else of the only one that passes. */
static uint32_t journey_of(const struct terms *t)
{
    return t->first_of == 1 || (t->first_of == 0 && t->steps_of == 1) ? t->journey
                                                                      : KO_NO_ENTITY;
}

/* ---- the spots ---- */

static enum ko_status new_spot(struct job *j, const struct ko_track *t)
{
    struct ko_finish *f = j->f;
    struct ko_spot *p;
    KO_LIST_ADD(&f->arena, &j->spots->v, p);
    if (p == NULL)
        return KO_ENOMEM;
    uint32_t entity = f->entity_of[t->key.entity];
    *p = (struct ko_spot){
        .parts = ko_state_said(f->r, t->key.text),
        .export_index = t->key.export_index,
        .tracks = {KO_NO_ENTITY, KO_NO_ENTITY, KO_NO_ENTITY},
        .witness = ko_family_witness(t->key.family),
        .entity = entity,
        .journey = journey_of(&j->terms[entity]),
        .slow_after = j->terms[entity].slow_after,
    };
    return KO_OK;
}

/* The spot of a track that is not the first of its spot. */
static uint32_t find_spot(const struct job *j, struct ko_track_key key)
{
    uint32_t all;
    key.family = ko_spot_family(ko_family_witness(key.family), KO_SPOT_ALL);
    return ko_state_find_track(j->f->r, &key, &all) ? j->spots->of[all] : KO_NO_ENTITY;
}

static enum ko_status add_track(struct job *j, uint32_t track, bool first)
{
    const struct ko_track *t = &j->f->r->tracks.v[track];
    if (!ko_family_is_spot(t->key.family) || j->f->realm_of[t->key.export_index] != 0)
        return KO_OK;
    enum ko_spot_count what = ko_family_spot_count(t->key.family);
    if (first != (what == KO_SPOT_ALL))
        return KO_OK;
    enum ko_status st = first ? new_spot(j, t) : KO_OK;
    uint32_t spot = first ? (uint32_t)j->spots->v.n - 1 : find_spot(j, t->key);
    if (st != KO_OK || spot == KO_NO_ENTITY)
        return st;
    j->spots->of[track] = spot;
    j->spots->v.v[spot].tracks[what] = track;
    return KO_OK;
}

static enum ko_status list_spots(struct job *j)
{
    size_t n = j->f->r->tracks.n;
    j->spots->of = ko_arena_alloc(&j->f->arena, n + 1, sizeof *j->spots->of);
    if (j->spots->of == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        j->spots->of[i] = KO_NO_ENTITY;
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < n && st == KO_OK; i++)
        st = add_track(j, i, true);
    for (uint32_t i = 0; i < n && st == KO_OK; i++)
        st = add_track(j, i, false);
    const struct ko_ids *ids = &j->f->r->ids;
    for (size_t i = 0; i < ids->n && st == KO_OK; i++) {
        uint32_t spot = j->spots->of[ids->v[i].track];
        if (spot != KO_NO_ENTITY)
            j->spots->v.v[spot].people = true;
    }
    return st;
}

/* ---- which count ---- */

static void note_witness(struct job *j, const struct ko_spot *p)
{
    struct terms *t = &j->terms[p->entity];
    t->tells[p->witness] = true;
    t->names[p->witness] |= p->people;
}

/* The witness of the requests of an entity: the first that names somebody, else the first
 * that there is. */
static enum ko_witness witness_of(const struct terms *t)
{
    static const enum ko_witness order[] = {KO_WITNESS_LOG, KO_WITNESS_SPAN,
                                            KO_WITNESS_LINE};
    enum { N = sizeof order / sizeof *order };
    for (size_t i = 0; i < N; i++) {
        if (t->names[order[i]] &&
            !(order[i] == KO_WITNESS_LINE && t->tells[KO_WITNESS_LOG]))
            return order[i];
    }
    for (size_t i = 0; i < N; i++) {
        if (t->tells[order[i]])
            return order[i];
    }
    return KO_WITNESS_BOOK;
}

static void choose(struct job *j)
{
    for (size_t i = 0; i < j->spots->v.n; i++)
        note_witness(j, &j->spots->v.v[i]);
    for (size_t i = 0; i < j->spots->v.n; i++) {
        struct ko_spot *p = &j->spots->v.v[i];
        bool book = p->witness == KO_WITNESS_BOOK;
        p->entrance = is_entrance(j, p);
        p->counts = book || p->witness == witness_of(&j->terms[p->entity]);
        if (book || !p->counts)
            continue;
        j->entrance |= p->entrance;
        j->entrance_people |= p->people && p->entrance;
        j->people |= p->people;
    }
}

static void choose_heads(const struct job *j, struct ko_spot *p)
{
    const struct terms *t = &j->terms[p->entity];
    bool entrances = j->people ? j->entrance_people : j->entrance;
    bool asked =
        p->counts && (p->witness == KO_WITNESS_BOOK || p->entrance || !entrances);
    p->heads = asked && p->people;
    p->nameless_heads =
        asked && !t->names[p->witness] &&
        (p->witness == KO_WITNESS_BOOK || j->people == j->entrance_people);
}

enum ko_status ko_finish_spots(struct ko_finish *f, struct ko_spots *ret)
{
    struct job j = {.f = f, .spots = ret};
    *ret = (struct ko_spots){.of = NULL};
    enum ko_status st = find_terms(&j);
    if (st == KO_OK)
        st = list_spots(&j);
    if (st != KO_OK)
        return st;
    choose(&j);
    for (size_t i = 0; i < ret->v.n; i++)
        choose_heads(&j, &ret->v.v[i]);
    return KO_OK;
}

/* ---- counting ---- */

/* How many buckets of the window are in ${dur} from ${t} on, and the first. */
static size_t buckets_of(const struct ko_grid *g, ko_time t, ko_dur dur,
                         size_t *ret_first)
{
    size_t parts = 0, bucket;
    ko_dur step = g->step < dur ? g->step : dur;
    for (ko_dur at = 0; at < dur; at += step) {
        if (!ko_grid_bucket(g, t + at, &bucket))
            continue;
        *ret_first = parts == 0 ? bucket : *ret_first;
        parts++;
    }
    return parts;
}

/* Even over these buckets. */
static void spread(const struct ko_grid *g, ko_time t, ko_dur dur, double n, double *v)
{
    size_t first = 0, parts = buckets_of(g, t, dur, &first);
    for (size_t i = 0; i < parts; i++)
        v[first + i] += n / (double)parts;
}

double ko_spot_size(const struct ko_finish *f, const struct ko_spot *p)
{
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, p->tracks[KO_SPOT_ALL]);
    double n = 0;
    size_t first;
    for (struct ko_cell c; ko_cells_next(&w, &c);)
        n += buckets_of(&f->grids[0], c.time, KO_MINUTE, &first) > 0 ? (double)c.n : 0;
    return n;
}

static void add_counts(const struct ko_finish *f, uint32_t track, double *v)
{
    if (track == KO_NO_ENTITY)
        return;
    struct ko_cells_walk w = ko_cells_walk(&f->r->cells, track);
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        spread(&f->grids[0], c.time, KO_MINUTE, (double)c.n, v);
    }
}

static void add_slow(const struct ko_finish *f, const struct ko_spot *p, double *v)
{
    if (p->tracks[KO_SPOT_TOOK] == KO_NO_ENTITY || p->slow_after < 0)
        return;
    const struct ko_cells *took = &f->r->took;
    ko_dur grain = took->grain_ns > KO_MINUTE ? took->grain_ns : KO_MINUTE;
    struct ko_cells_walk w = ko_cells_walk(took, p->tracks[KO_SPOT_TOOK]);
    for (struct ko_cell c; ko_cells_next(&w, &c);) {
        uint64_t n = c.hist != NULL ? ko_hist_above(c.hist, p->slow_after) : 0;
        if (n > 0)
            spread(&f->grids[0], c.time, grain, (double)n, v);
    }
}

void ko_spot_add(const struct ko_finish *f, const struct ko_spot *p, double *total,
                 double *bad)
{
    add_counts(f, p->tracks[KO_SPOT_ALL], total);
    add_counts(f, p->tracks[KO_SPOT_BAD], bad);
    add_slow(f, p, bad);
}
