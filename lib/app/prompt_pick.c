/* prompt_pick.c: which entity and which series the words behind a command mean. */
#include "app/prompt_pick.h"

#include "app/suggest.h"

static bool has_alias(const struct ko_entity *e, struct ko_str name)
{
    for (size_t i = 0; i < e->aliases.n; i++)
        if (ko_str_eq(e->aliases.v[i], name))
            return true;
    return false;
}

static bool find_entity(const struct ko_case *c, struct ko_str name, uint32_t *ret)
{
    if (ko_case_find_entity(c, name, ret))
        return true;
    for (size_t i = 0; i < c->entities.n; i++) {
        if (!has_alias(&c->entities.v[i], name) &&
            !ko_str_ieq(c->entities.v[i].name, name))
            continue;
        *ret = (uint32_t)i;
        return true;
    }
    return false;
}

bool ko_pick_entity(struct ko_prompt *p, struct ko_str name, uint32_t *ret)
{
    struct ko_suggest near = {0};
    if (name.n && find_entity(p->c, name, ret))
        return true;
    for (size_t i = 0; i < p->c->entities.n; i++)
        ko_suggest_try(&near, name, p->c->entities.v[i].name);
    if (name.n == 0)
        ko_prompt_mistake(p, "which entity? TAB lists them");
    else if (near.best.n)
        ko_prompt_mistake(p, "no entity '%.*s'; did you mean %.*s?", KO_ARG(name),
                          KO_ARG(near.best));
    else
        ko_prompt_mistake(p, "no entity '%.*s'", KO_ARG(name));
    return false;
}

/* The score of the onset of ${s}; -1 without one. */
static double onset_score(const struct ko_case *c, const struct ko_series *s)
{
    double best = -1;
    for (size_t i = 0; i < c->onsets.n; i++) {
        const struct ko_onset *o = &c->onsets.v[i];
        if (o->entity == s->entity && o->caller == s->caller &&
            ko_str_eq(o->signal, s->signal) && o->score > best)
            best = o->score;
    }
    return best;
}

/* Is series ${a} more telling than ${b}? */
static bool more_telling(const struct ko_case *c, const struct ko_series *a,
                         const struct ko_series *b)
{
    double score_a = onset_score(c, a), score_b = onset_score(c, b);
    if (score_a > score_b || score_a < score_b)
        return score_a > score_b;
    return a->caller == KO_NO_ENTITY && b->caller != KO_NO_ENTITY;
}

/* The best series of the entity (any for KO_NO_ENTITY) with the signal (any if empty). */
static bool best_series(const struct ko_case *c, uint32_t entity, struct ko_str signal,
                        size_t *ret)
{
    bool found = false;
    size_t best = 0;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->normal || (entity != KO_NO_ENTITY && s->entity != entity) ||
            (signal.n && !ko_str_eq(s->signal, signal)) ||
            (found && !more_telling(c, s, &c->series.v[best])))
            continue;
        best = i;
        found = true;
    }
    if (found)
        *ret = best;
    return found;
}

/* The longest beginning of ${args}, up to a blank, that is an entity; the rest is a
 * signal. */
static bool split_entity(const struct ko_case *c, struct ko_str args,
                         uint32_t *ret_entity, struct ko_str *ret_signal)
{
    for (size_t n = args.n; n > 0; n--) {
        if (n < args.n && args.p[n] != ' ')
            continue;
        if (!find_entity(c, ko_str_sub(args, 0, n), ret_entity))
            continue;
        *ret_signal = ko_str_trim(ko_str_skip(args, n));
        return true;
    }
    return false;
}

bool ko_pick_series(struct ko_prompt *p, struct ko_str args, size_t *ret)
{
    uint32_t entity = KO_NO_ENTITY;
    struct ko_str signal = {0};
    if (args.n && !split_entity(p->c, args, &entity, &signal)) {
        if (best_series(p->c, KO_NO_ENTITY, args, ret))
            return true;
        return ko_pick_entity(p, args, &entity); /* says that there is none */
    }
    if (best_series(p->c, entity, signal, ret))
        return true;
    ko_prompt_mistake(p, "no signal '%.*s' to plot", KO_ARG(args));
    return false;
}
