/* moment.c: everything of a case that has a time, on one line of time. */
#include "show/moment.h"

#include <stdlib.h>

const char *ko_moment_kind_name(enum ko_moment_kind kind)
{
    static const char *const names[] = {"change", "onset", "response", "note"};
    return names[kind];
}

static enum ko_status add(struct ko_arena *arena, ko_moments *list,
                          const struct ko_moment *moment)
{
    struct ko_moment *m;
    if (moment->time == KO_TIME_NONE)
        return KO_OK;
    KO_LIST_ADD(arena, list, m);
    if (m == NULL)
        return KO_ENOMEM;
    *m = *moment;
    return KO_OK;
}

static struct ko_moment of_change(const struct ko_change *x)
{
    return (struct ko_moment){
        .kind = KO_MOMENT_CHANGE,
        .time = x->time,
        .lo = KO_TIME_NONE,
        .hi = KO_TIME_NONE,
        .entity = x->entity,
        .what = x->kind.n ? x->kind : KO_STR("change"),
        .detail = x->id.n ? x->id : x->summary,
        .source = x->row,
        .is_suspect = ko_str_eq(x->verdict, KO_STR("suspect")),
    };
}

static struct ko_moment of_onset(const struct ko_onset *o)
{
    return (struct ko_moment){
        .kind = KO_MOMENT_ONSET,
        .time = o->time,
        .lo = o->lo,
        .hi = o->hi,
        .entity = o->entity,
        .what = o->rise ? KO_STR("rise") : KO_STR("fall"),
        .detail = o->signal,
        .source = o->evidence,
    };
}

static struct ko_moment of_milestone(const struct ko_milestone *m)
{
    return (struct ko_moment){
        .kind = KO_MOMENT_MILESTONE,
        .time = m->time,
        .lo = KO_TIME_NONE,
        .hi = KO_TIME_NONE,
        .entity = m->entity,
        .what = m->what,
        .detail = m->id.n ? m->id : m->summary,
        .source = m->row,
    };
}

static struct ko_moment of_note(const struct ko_note *n)
{
    return (struct ko_moment){
        .kind = KO_MOMENT_NOTE,
        .time = n->time,
        .lo = KO_TIME_NONE,
        .hi = KO_TIME_NONE,
        .entity = KO_NO_ENTITY,
        .detail = n->text,
    };
}

static int by_time(const void *pa, const void *pb)
{
    const struct ko_moment *a = pa, *b = pb;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->entity != b->entity)
        return a->entity < b->entity ? -1 : 1;
    int order = ko_str_cmp(a->detail, b->detail);
    if (order == 0)
        order = ko_str_cmp(a->what, b->what);
    return order ? order : ko_str_cmp(a->source, b->source);
}

enum ko_status ko_moment_list(const struct ko_case *c, struct ko_arena *arena,
                              ko_moments *ret)
{
    ko_moments list = {0};
    enum ko_status st = KO_OK;
    struct ko_moment m;
    for (size_t i = 0; i < c->changes.n && st == KO_OK; i++) {
        m = of_change(&c->changes.v[i]);
        st = add(arena, &list, &m);
    }
    for (size_t i = 0; i < c->onsets.n && st == KO_OK; i++) {
        m = of_onset(&c->onsets.v[i]);
        st = add(arena, &list, &m);
    }
    for (size_t i = 0; i < c->milestones.n && st == KO_OK; i++) {
        m = of_milestone(&c->milestones.v[i]);
        st = add(arena, &list, &m);
    }
    for (size_t i = 0; i < c->notes.n && st == KO_OK; i++) {
        m = of_note(&c->notes.v[i]);
        st = add(arena, &list, &m);
    }
    if (st != KO_OK)
        return st;
    if (list.n > 1)
        qsort(list.v, list.n, sizeof *list.v, by_time);
    *ret = list;
    return KO_OK;
}
