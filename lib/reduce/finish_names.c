/* finish_names.c: the entities of the case, and which raw name is which. */
#include "reduce/finish.h"

#include <math.h>
#include <stdlib.h>

/* Pods come by the hundred; a few show the reader what was joined. */
enum { ALIASES_MAX = 20 };

/* ---- which export has data under which name ---- */

struct uses {
    struct ko_map seen;
    KO_LIST(struct ko_name_use) list;
};

static enum ko_status add_use(struct ko_finish *f, struct uses *u, uint32_t name,
                              uint32_t export_index)
{
    struct ko_name_use use = {name, export_index};
    struct ko_str bytes = {(const char *)&use, sizeof use};
    uint32_t fresh = (uint32_t)u->list.n, index;
    enum ko_status st = ko_map_put(&u->seen, bytes, fresh, &index);
    if (st != KO_OK || index != fresh)
        return st;
    struct ko_name_use *item;
    KO_LIST_ADD(&f->arena, &u->list, item);
    if (item == NULL)
        return KO_ENOMEM;
    *item = use;
    return KO_OK;
}

static enum ko_status find_uses(struct ko_finish *f, struct uses *u)
{
    const struct ko_reducer *r = f->r;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < r->tracks.n && st == KO_OK; i++) {
        const struct ko_track *t = &r->tracks.v[i];
        bool own = t->key.caller == KO_NO_ENTITY &&
                   (t->key.family == KO_TRACK_LINES || t->key.family == KO_TRACK_METRIC);
        if (own)
            st = add_use(f, u, t->key.entity, t->key.export_index);
    }
    for (size_t i = 0; i < r->spans.n && st == KO_OK; i++)
        st = add_use(f, u, r->spans.v[i].entity, r->spans.v[i].export_index);
    for (size_t i = 0; i < r->contacts.n && st == KO_OK; i++)
        st = add_use(f, u, r->contacts.v[i].entity, r->contacts.v[i].export_index);
    return st;
}

/* ---- aliases: of the options, then of maps ---- */

static int cmp_place(const struct ko_reducer *r, const struct ko_event *a,
                     const struct ko_event *b)
{
    if (ko_state_before(r, a->place.export_index, a->place.line, b->place.export_index,
                        b->place.line))
        return -1;
    return ko_state_before(r, b->place.export_index, b->place.line, a->place.export_index,
                           a->place.line);
}

/* A missing number before all others. */
static int cmp_value(double a, double b)
{
    if (isnan(a) || isnan(b))
        return (int)isnan(b) - (int)isnan(a);
    return (a > b) - (a < b);
}

/* The steps of a journey of one document stand at one place: their numbers tell. */
static int cmp_step(const struct ko_event *a, const struct ko_event *b)
{
    int order = ko_str_cmp(a->journey, b->journey);
    return order != 0 ? order : cmp_value(a->value, b->value);
}

static int by_kind(const void *a, const void *b, void *ctx)
{
    const struct ko_event *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    int order = x->kind == KO_EVENT_STEP ? cmp_step(x, y) : 0;
    if (order == 0)
        order = (x->time > y->time) - (x->time < y->time);
    if (order == 0)
        order = cmp_place(ctx, x, y);
    const struct ko_str left[] = {x->entity, x->peer, x->journey, x->operation,
                                  x->what,   x->id,   x->message, x->version,
                                  x->owner,  x->link};
    const struct ko_str right[] = {y->entity, y->peer, y->journey, y->operation,
                                   y->what,   y->id,   y->message, y->version,
                                   y->owner,  y->link};
    for (size_t i = 0; order == 0 && i < sizeof left / sizeof left[0]; i++)
        order = ko_str_cmp(left[i], right[i]);
    return order != 0 ? order : cmp_value(x->value, y->value);
}

static enum ko_status list_aliases(struct ko_finish *f, struct ko_names *names)
{
    struct ko_reducer *r = f->r;
    for (size_t i = 0; i < r->kept.n; i++) {
        const struct ko_event *ev = &r->kept.v[i];
        if (ev->kind != KO_EVENT_ENTITY || ev->message.n == 0 || ev->entity.n == 0)
            continue;
        struct ko_alias *alias;
        KO_LIST_ADD(&r->arena, &r->opt.aliases, alias);
        if (alias == NULL)
            return KO_ENOMEM;
        *alias = (struct ko_alias){ev->entity, ev->message};
    }
    names->aliases = r->opt.aliases.v;
    names->n_aliases = r->opt.aliases.n;
    return KO_OK;
}

/* ---- entities ---- */

static int by_text(const void *a, const void *b)
{
    return ko_str_cmp(*(const struct ko_str *)a, *(const struct ko_str *)b);
}

static enum ko_status add_entities(struct ko_finish *f, const struct ko_str *names)
{
    size_t n = f->r->names.n;
    struct ko_str *sorted = ko_arena_alloc(&f->arena, n, sizeof *sorted);
    f->entity_of = ko_arena_alloc(&f->arena, n, sizeof *f->entity_of);
    if (sorted == NULL || f->entity_of == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        sorted[i] = names[i];
    if (n > 1)
        qsort(sorted, n, sizeof *sorted, by_text);
    enum ko_status st = KO_OK;
    uint32_t index;
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = ko_case_entity(f->c, sorted[i], &index);
    for (size_t i = 0; i < n && st == KO_OK; i++)
        st = ko_case_entity(f->c, names[i], &f->entity_of[i]);
    return st;
}

/* Raw names in byte order, so that the few kept do not depend on arrival. */
static enum ko_status add_names(struct ko_finish *f)
{
    size_t n = f->r->names.n;
    struct ko_str *sorted = ko_arena_alloc(&f->arena, n, sizeof *sorted);
    if (sorted == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < n; i++)
        sorted[i] = f->r->names.v[i].raw;
    if (n > 1)
        qsort(sorted, n, sizeof *sorted, by_text);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < n && st == KO_OK; i++) {
        struct ko_entity *e = &f->c->entities.v[ko_finish_entity(f, sorted[i])];
        if (!ko_str_eq(e->name, sorted[i]) && e->aliases.n < ALIASES_MAX)
            st = ko_case_add_str(f->c, &e->aliases, sorted[i]);
    }
    return st;
}

/* Entities that only the names of tools' exports tell of; any other name clears it. */
static void mark_by_file(struct ko_finish *f)
{
    const struct ko_reducer *r = f->r;
    for (size_t i = 0; i < f->c->entities.n; i++)
        f->c->entities.v[i].by_file = true;
    for (size_t i = 0; i < r->names.n; i++) {
        const struct ko_name *n = &r->names.v[i];
        bool by_file = !n->declared && n->records > 0 && n->by_file == n->records &&
                       ko_name_is_tool(n->raw);
        f->c->entities.v[f->entity_of[i]].by_file &= by_file;
    }
}

static enum ko_status resolve(struct ko_finish *f, struct uses *uses)
{
    struct ko_reducer *r = f->r;
    struct ko_names names = {.v = r->names.v, .n = r->names.n, .hosts = &r->hosts};
    struct ko_str *result = ko_arena_alloc(&f->arena, names.n, sizeof *result);
    enum ko_status st = result != NULL ? find_uses(f, uses) : KO_ENOMEM;
    if (st == KO_OK)
        st = list_aliases(f, &names);
    names.uses = uses->list.v;
    names.n_uses = uses->list.n;
    if (st == KO_OK)
        st = ko_names_resolve(&names, &f->arena, result);
    if (st == KO_OK)
        st = add_entities(f, result);
    return st == KO_OK ? add_names(f) : st;
}

/* Names of one entity share the level of their templates. */
static enum ko_status level_templates(struct ko_finish *f)
{
    struct ko_reducer *r = f->r;
    int *level = ko_arena_alloc(&f->arena, f->c->entities.n, sizeof *level);
    if (level == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < r->names.n; i++) {
        int *l = &level[f->entity_of[i]];
        *l = r->pattern_levels.v[i] > *l ? r->pattern_levels.v[i] : *l;
    }
    enum ko_status st = KO_OK;
    for (uint32_t i = 0; i < r->names.n && st == KO_OK; i++)
        st = ko_pattern_level(r, i, level[f->entity_of[i]]);
    return st;
}

enum ko_status ko_finish_names(struct ko_finish *f)
{
    struct uses uses = {.seen = {.n = 0}};
    if (f->r->kept.n > 1)
        qsort_r(f->r->kept.v, f->r->kept.n, sizeof(struct ko_event), by_kind, f->r);
    enum ko_status st = resolve(f, &uses);
    ko_map_release(&uses.seen);
    if (st == KO_OK)
        mark_by_file(f);
    return st == KO_OK ? level_templates(f) : st;
}
