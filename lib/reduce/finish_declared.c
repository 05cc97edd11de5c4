/* finish_declared.c: what maps, edge lists, change and incident lists say. */
#include "reduce/finish.h"

#include <math.h>

static enum ko_status copy(struct ko_finish *f, struct ko_str s, struct ko_str *ret)
{
    return ko_str_copy(&f->c->arena, s, ret);
}

/* The first that says something is kept. */
static enum ko_status fill(struct ko_finish *f, struct ko_str s, struct ko_str *ret)
{
    return ret->n == 0 && s.n > 0 ? copy(f, s, ret) : KO_OK;
}

static struct ko_str file_of(const struct ko_finish *f, const struct ko_event *ev)
{
    return f->r->exports.v[ev->place.export_index].file;
}

/* ---- entities and journeys ---- */

static enum ko_status set_owner(struct ko_finish *f, const struct ko_event *ev,
                                struct ko_entity *e)
{
    if (e->owner.n == 0 && ev->owner.n > 0) {
        enum ko_status st = copy(f, file_of(f, ev), &e->owner_from);
        if (st != KO_OK)
            return st;
    }
    return fill(f, ev->owner, &e->owner);
}

static enum ko_status write_entity(struct ko_finish *f, const struct ko_event *ev)
{
    uint32_t index = ko_finish_entity(f, ev->entity);
    if (index == KO_NO_ENTITY)
        return KO_OK;
    struct ko_entity *e = &f->c->entities.v[index];
    enum ko_entity_kind kind;
    if (!e->declared && ko_entity_kind_parse(ev->what, &kind))
        e->kind = (int)kind;
    e->declared = true;
    e->vendor |= e->kind == KO_KIND_VENDOR;
    enum ko_status st = set_owner(f, ev, e);
    if (st == KO_OK)
        st = fill(f, ev->contact, &e->contact);
    return st == KO_OK ? fill(f, ev->link, &e->fallback) : st;
}

/* Steps of one journey follow each other. */
static enum ko_status find_journey(struct ko_finish *f, struct ko_str name,
                                   struct ko_journey **ret)
{
    size_t n = f->c->journeys.n;
    if (n > 0 && ko_str_eq(f->c->journeys.v[n - 1].name, name)) {
        *ret = &f->c->journeys.v[n - 1];
        return KO_OK;
    }
    *ret = ko_case_add(f->c, "journey");
    return *ret != NULL ? copy(f, name, &(*ret)->name) : KO_ENOMEM;
}

static enum ko_status write_step(struct ko_finish *f, const struct ko_event *ev)
{
    struct ko_journey *j;
    struct ko_step *step;
    enum ko_status st = find_journey(f, ev->journey, &j);
    if (st != KO_OK)
        return st;
    KO_LIST_ADD(&f->c->arena, &j->steps, step);
    if (step == NULL)
        return KO_ENOMEM;
    step->slow_after = ev->dur > 0 ? (double)ev->dur / (double)KO_SECOND : NAN;
    step->entity = ko_finish_entity(f, ev->entity);
    if (step->entity == KO_NO_ENTITY) /* a step may be called as what it runs on */
        step->entity = ko_finish_entity(f, ev->operation);
    st = copy(f, ev->operation.n > 0 ? ev->operation : ev->entity, &step->name);
    if (st == KO_OK)
        st = copy(f, ev->owner, &step->owner);
    if (st == KO_OK)
        st = copy(f, ev->link, &step->fallback);
    if (st != KO_OK || step->entity == KO_NO_ENTITY)
        return st;
    f->c->entities.v[step->entity].declared = true;
    return set_owner(f, ev, &f->c->entities.v[step->entity]);
}

/* Of a journey that has steps, the first objective that is told of it. */
static enum ko_status write_objectives(struct ko_finish *f)
{
    struct ko_map first; /* by journey: which event */
    enum ko_status st = KO_OK;
    uint32_t at;
    ko_map_init(&first, 0);
    for (uint32_t i = 0; i < f->r->kept.n && st == KO_OK; i++) {
        if (f->r->kept.v[i].kind == KO_EVENT_OBJECTIVE)
            st = ko_map_put(&first, f->r->kept.v[i].journey, i, &at);
    }
    for (size_t i = 0; i < f->c->journeys.n && st == KO_OK; i++) {
        struct ko_journey *j = &f->c->journeys.v[i];
        if (!ko_map_get(&first, j->name, &at))
            continue;
        j->slo_target = f->r->kept.v[at].value;
        j->slo_days = (double)f->r->kept.v[at].dur / (double)KO_DAY;
    }
    ko_map_release(&first);
    return st;
}

/* ---- edges ---- */

static enum ko_status new_edge(struct ko_finish *f, const struct ko_event *ev,
                               uint32_t caller, uint32_t callee)
{
    struct ko_edge *e = ko_case_add(f->c, "edge");
    if (e == NULL)
        return KO_ENOMEM;
    e->caller = caller;
    e->callee = callee;
    e->calls = ev->value;
    e->source = KO_STR("declared");
    e->async = ev->async;
    return ko_finish_row(f, ev->place.export_index, ev->place.line, &e->row);
}

/* One record a pair; calls add up. */
static enum ko_status write_edge(struct ko_finish *f, const struct ko_event *ev)
{
    uint32_t caller = ko_finish_entity(f, ev->entity);
    uint32_t callee = ko_finish_entity(f, ev->peer);
    if (caller == KO_NO_ENTITY || callee == KO_NO_ENTITY || caller == callee)
        return KO_OK;
    uint32_t fields[] = {caller, callee, KO_CALLS_DECLARED};
    uint32_t fresh = (uint32_t)f->c->edges.n, index;
    struct ko_str bytes = {(const char *)fields, sizeof fields};
    enum ko_status st = ko_map_put(&f->call_map, bytes, fresh, &index);
    if (st != KO_OK)
        return st;
    if (index == fresh)
        return new_edge(f, ev, caller, callee);
    struct ko_edge *e = &f->c->edges.v[index];
    if (!isnan(ev->value))
        e->calls = isnan(e->calls) ? ev->value : e->calls + ev->value;
    return KO_OK;
}

/* ---- changes and milestones ---- */

/* The same change delivered twice, in one or in two exports; changes come in order of
 * time. */
static bool is_known(const struct ko_case *c, const struct ko_event *ev, uint32_t entity)
{
    for (size_t i = c->changes.n; ev->id.n > 0 && i-- > 0;) {
        const struct ko_change *other = &c->changes.v[i];
        if (other->time != ev->time)
            return false;
        struct ko_str id = other->commit.n > 0 ? other->commit : other->id;
        if (other->entity == entity && ko_str_eq(id, ev->id) &&
            ko_str_eq(other->kind, ev->what))
            return true;
    }
    return false;
}

static enum ko_status put_summary(struct ko_finish *f, const struct ko_event *ev,
                                  struct ko_str *ret)
{
    size_t at;
    bool named = ev->version.n == 0 || ko_str_find(ev->message, ev->version, &at);
    if (named)
        return ko_finish_masked(f, ev->message, ret);
    if (ev->message.n == 0)
        return copy(f, ev->version, ret);
    enum ko_status st = ko_finish_masked(f, ev->message, ret);
    return st == KO_OK ? ko_case_print(f->c, ret, "%.*s (%.*s)", KO_ARG(*ret),
                                       KO_ARG(ev->version))
                       : st;
}

/* People name a release by its version, a commit by its hash: v2.31.0, but not "main". */
static struct ko_str spoken_id(const struct ko_event *ev)
{
    bool numbered = false;
    for (size_t i = 0; i < ev->version.n; i++)
        numbered = numbered || ko_char_is_digit(ev->version.p[i]);
    bool released = numbered && ko_str_eq(ev->what, KO_STR("deploy"));
    return released || ev->id.n == 0 ? ev->version : ev->id;
}

static enum ko_status write_change(struct ko_finish *f, const struct ko_event *ev)
{
    uint32_t entity = ko_finish_entity(f, ev->entity);
    if (is_known(f->c, ev, entity)) {
        f->r->exports.v[ev->place.export_index].duplicates++;
        return KO_OK;
    }
    struct ko_change *change = ko_case_add(f->c, "change");
    if (change == NULL)
        return KO_ENOMEM;
    change->time = ev->time;
    change->entity = entity;
    enum ko_status st = copy(f, ev->what, &change->kind);
    if (st == KO_OK)
        st = copy(f, spoken_id(ev), &change->id);
    if (st == KO_OK)
        st = put_summary(f, ev, &change->summary);
    if (st == KO_OK)
        st = copy(f, ev->link, &change->named);
    if (st == KO_OK && ev->id.n > 0 && !ko_str_eq(change->id, ev->id))
        st = copy(f, ev->id, &change->commit);
    if (st != KO_OK)
        return st;
    return ko_finish_row(f, ev->place.export_index, ev->place.line, &change->row);
}

static enum ko_status write_milestone(struct ko_finish *f, const struct ko_event *ev)
{
    struct ko_milestone *m = ko_case_add(f->c, "milestone");
    if (m == NULL)
        return KO_ENOMEM;
    m->time = ev->time;
    m->entity = ko_finish_entity(f, ev->entity);
    enum ko_status st = copy(f, ev->what, &m->what);
    if (st == KO_OK)
        st = copy(f, ev->id, &m->id);
    if (st == KO_OK)
        st = ko_finish_masked(f, ev->message, &m->summary);
    if (st == KO_OK)
        st = copy(f, ev->owner, &m->owner);
    return st == KO_OK ? ko_finish_row(f, ev->place.export_index, ev->place.line, &m->row)
                       : st;
}

static enum ko_status write_one(struct ko_finish *f, const struct ko_event *ev)
{
    switch (ev->kind) {
    case KO_EVENT_ENTITY:
        return write_entity(f, ev);
    case KO_EVENT_STEP:
        return write_step(f, ev);
    case KO_EVENT_OBJECTIVE:
        return KO_OK; /* once all journeys are there */
    case KO_EVENT_EDGE:
        return write_edge(f, ev);
    case KO_EVENT_CHANGE:
        return write_change(f, ev);
    default:
        return write_milestone(f, ev);
    }
}

enum ko_status ko_finish_declared(struct ko_finish *f)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < f->r->kept.n && st == KO_OK; i++)
        st = write_one(f, &f->r->kept.v[i]);
    return st == KO_OK ? write_objectives(f) : st;
}
