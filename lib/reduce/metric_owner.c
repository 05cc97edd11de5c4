/* metric_owner.c: whose a metric is that the data gives to nobody known. */
#include "reduce/metric_owner.h"

enum { WORD_MIN = 3 };

enum ko_status ko_metric_owners_init(struct ko_metric_owners *o, struct ko_finish *f)
{
    const struct ko_reducer *r = f->r;
    o->f = f;
    o->declared = ko_arena_alloc(&f->arena, f->c->entities.n, sizeof *o->declared);
    o->speaks = ko_arena_alloc(&f->arena, f->c->entities.n, sizeof *o->speaks);
    if (o->declared == NULL || o->speaks == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < r->names.n; i++)
        o->declared[f->entity_of[i]] |= r->names.v[i].declared;
    for (size_t i = 0; i < r->tracks.n; i++) {
        const struct ko_track *t = &r->tracks.v[i];
        if (t->key.family != KO_TRACK_METRIC && t->key.entity < r->names.n)
            o->speaks[f->entity_of[t->key.entity]] = true;
    }
    for (size_t i = 0; i < r->spans.n; i++)
        o->speaks[f->entity_of[r->spans.v[i].entity]] = true;
    return KO_OK;
}

static struct ko_str first_word(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && ko_char_is_alnum(s.p[n]))
        n++;
    return ko_str_sub(s, 0, n);
}

uint32_t ko_metric_owner(const struct ko_metric_owners *o, const struct ko_track *track)
{
    const struct ko_finish *f = o->f;
    const struct ko_name *name = &f->r->names.v[track->key.entity];
    uint32_t own = f->entity_of[track->key.entity], found = own;
    bool by_file = name->records > 0 && name->by_file == name->records;
    struct ko_str word =
        first_word(by_file ? ko_state_said(f->r, track->key.signal) : name->raw);
    bool whole = by_file || word.n == name->raw.n;
    if (o->declared[own] || o->speaks[own] || !whole || word.n < WORD_MIN)
        return own;
    for (uint32_t i = 0; i < f->c->entities.n; i++) {
        if (!o->declared[i] || !ko_str_ieq(first_word(f->c->entities.v[i].name), word))
            continue;
        if (found != own)
            return own;
        found = i;
    }
    return found;
}
