/* verdict.c: likely, possible, or insufficient evidence: by a stated rule. */
#include "blame/verdict.h"

#include "blame/chance.h"
#include "blame/cut.h"

static const double UNUSUAL = 1.0;
/* Distance to the runner-up that makes a first place clear. */
static const double CLEAR = 2.0;

static int channels_that_speak(const struct ko_standing *s)
{
    int n = 0;
    for (int k = 0; k < KO_CHANNELS; k++)
        n += s->channel[k] >= UNUSUAL;
    return n;
}

static bool starts_a_chain(const struct ko_case *c, uint32_t entity)
{
    for (size_t i = 0; i < c->chains.n; i++) {
        if (c->chains.v[i].origin == entity && c->chains.v[i].nodes.n > 1)
            return true;
    }
    return false;
}

/* The cascade says that its trouble came from another one. */
static bool follows_in_a_chain(const struct ko_case *c, uint32_t entity)
{
    for (size_t i = 0; i < c->chains.n; i++) {
        const struct ko_chain *chain = &c->chains.v[i];
        for (size_t k = 0; k < chain->nodes.n; k++) {
            const struct ko_node *node = &chain->nodes.v[k];
            if (node->entity == entity && node->parent != KO_NO_ENTITY)
                return true;
        }
    }
    return false;
}

static bool is_unusual(const struct ko_case *c, const struct ko_standing *s)
{
    return ko_cut_is_dated(c) && s->score >= UNUSUAL && s->chance <= KO_CHANCE_MAX;
}

static bool is_likely(const struct ko_case *c, const struct ko_standing *standings)
{
    const struct ko_standing *first = &standings[0];
    double runner_up = c->entities.n > 1 ? standings[1].score : 0;
    return is_unusual(c, first) && first->score >= CLEAR * runner_up &&
           (channels_that_speak(first) > 1 || starts_a_chain(c, first->entity)) &&
           !follows_in_a_chain(c, first->entity);
}

void ko_verdict_write(struct ko_case *c, const struct ko_standing *standings)
{
    for (size_t i = 0; i < c->suspects.n; i++) {
        struct ko_suspect *s = &c->suspects.v[i];
        if (i == 0 && is_likely(c, standings))
            s->verdict = KO_STR("likely");
        else if (is_unusual(c, &standings[i]))
            s->verdict = KO_STR("possible");
        else
            s->verdict = KO_STR("insufficient evidence");
    }
}
