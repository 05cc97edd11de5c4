/* facts.c: look-ups over the findings that several answers share. */
#include "impact/facts.h"

#include "event/time.h"

const struct ko_suspect *ko_suspect_rank(const struct ko_case *c, int64_t rank)
{
    for (size_t i = 0; i < c->suspects.n; i++) {
        if (c->suspects.v[i].rank == rank)
            return &c->suspects.v[i];
    }
    return NULL;
}

bool ko_suspect_holds(const struct ko_suspect *s)
{
    return s != NULL && !ko_str_eq(s->verdict, KO_STR("insufficient evidence")) &&
           !ko_str_eq(s->verdict, KO_STR("not known"));
}

const struct ko_chain *ko_fact_chain(const struct ko_case *c)
{
    const struct ko_suspect *first = ko_suspect_rank(c, 1);
    for (size_t i = 0; i < c->chains.n && first != NULL; i++) {
        if (c->chains.v[i].origin == first->entity)
            return &c->chains.v[i];
    }
    return c->chains.n > 0 ? &c->chains.v[0] : NULL;
}

bool ko_fact_in_chain(const struct ko_case *c, uint32_t entity)
{
    const struct ko_chain *chain = ko_fact_chain(c);
    for (size_t i = 0; chain != NULL && i < chain->nodes.n; i++) {
        if (chain->nodes.v[i].entity == entity)
            return true;
    }
    return false;
}

const struct ko_link *ko_fact_link(const struct ko_case *c, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < c->links.n; i++) {
        const struct ko_link *l = &c->links.v[i];
        if (l->from == from && l->to == to && !l->alternative)
            return l;
    }
    return NULL;
}

const struct ko_change *ko_fact_change(const struct ko_case *c)
{
    const struct ko_change *first = NULL;
    for (size_t i = 0; i < c->changes.n; i++) {
        const struct ko_change *x = &c->changes.v[i];
        if (ko_str_eq(x->verdict, KO_STR("suspect")) &&
            (first == NULL || x->time < first->time))
            first = x;
    }
    return first;
}

ko_time ko_fact_start(const struct ko_case *c)
{
    const struct ko_suspect *first = ko_suspect_rank(c, 1);
    if (ko_suspect_holds(first) && first->onset != KO_TIME_NONE)
        return first->onset;
    const struct ko_chain *chain = ko_fact_chain(c);
    return chain != NULL ? chain->start : KO_TIME_NONE;
}

const struct ko_onset *ko_fact_onset(const struct ko_case *c, uint32_t entity,
                                     enum ko_class cls)
{
    const struct ko_onset *best = NULL;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity == entity && o->cls == (int)cls && o->score > 1 &&
            (best == NULL || o->score > best->score))
            best = o;
    }
    return best;
}

/* Do the numbers of ${o} count what happened in a bucket? */
static bool counts(const struct ko_case *c, const struct ko_onset *o)
{
    if (ko_str_eq(o->kind, KO_STR("template")))
        return true;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->entity == o->entity && s->caller == o->caller && !s->normal &&
            ko_str_eq(s->signal, o->signal))
            return ko_str_eq(s->stat, KO_STR("sum"));
    }
    return false;
}

void ko_fact_say_onset(struct ko_buf *b, const struct ko_case *c,
                       const struct ko_onset *o)
{
    const struct ko_evidence *e = ko_case_find_evidence(c, o->evidence);
    struct ko_str unit = e != NULL ? e->unit : KO_STR("");
    const char *quote = ko_str_eq(o->kind, KO_STR("template")) ? "\"" : "";
    ko_buf_printf(b, "%s%.*s%s ", quote, KO_ARG(o->signal), quote);
    ko_say_amount(b, o->after, unit);
    if (counts(c, o)) {
        ko_buf_puts(b, " per ");
        ko_time_put_dur(b, c->head.step);
    }
    ko_buf_puts(b, " (was ");
    ko_say_amount(b, o->before, unit);
    ko_buf_putc(b, ')');
}

/* Ids longer than this are hashes: no reader knows them. */
enum { ID_MAX = 16, ID_SHOWN = 8, NAME_MAX_BYTES = 24 };

/* Is the summary a bare name such as a version? */
static bool is_name(struct ko_str s)
{
    size_t at;
    return s.n > 0 && s.n <= NAME_MAX_BYTES && !ko_str_chr(s, ' ', &at);
}

/* What people call the change: its id, or its summary where the id is a hash. */
static struct ko_str label_of(const struct ko_change *change)
{
    if (change->id.n <= ID_MAX)
        return change->id;
    return is_name(change->summary) ? change->summary
                                    : ko_str_sub(change->id, 0, ID_SHOWN);
}

void ko_fact_say_change(struct ko_buf *b, const struct ko_case *c,
                        const struct ko_change *change)
{
    ko_buf_put(b, change->kind.n > 0 ? change->kind : KO_STR("change"));
    struct ko_str label = label_of(change);
    if (label.n > 0)
        ko_buf_printf(b, " %.*s", KO_ARG(label));
    struct ko_str name = ko_case_name(c, change->entity);
    size_t at;
    if (name.n > 0 && !ko_str_ifind(label, name, &at))
        ko_buf_printf(b, " of %.*s", KO_ARG(name));
}

void ko_fact_say_mechanism(struct ko_buf *b, const struct ko_link *l)
{
    for (size_t i = 0; i < l->mechanism.n; i++)
        ko_buf_putc(b, l->mechanism.p[i] == '-' ? ' ' : l->mechanism.p[i]);
}

void ko_fact_cite_change(struct ko_reply *r, const struct ko_change *change)
{
    for (size_t i = 0; i < r->c->evidence.n; i++) {
        const struct ko_evidence *e = &r->c->evidence.v[i];
        if (ko_str_eq(e->kind, KO_STR("change")) && e->time == change->time &&
            e->entity == change->entity)
            ko_reply_cite(r, e->id);
    }
}
