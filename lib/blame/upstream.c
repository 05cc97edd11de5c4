/* upstream.c: what the cascade says of who started the trouble of the most unusual. */
#include "blame/upstream.h"

#include <math.h>

/* What is left to a follower, of its score: near enough to its origin to be asked next,
 * too near for the origin to be called clear of it. */
static const double LEFT = 0.7;

static bool stands_out_by_symptoms(const struct ko_standing *s)
{
    double symptoms = fmax(s->channel[KO_CHANNEL_LOG], s->channel[KO_CHANNEL_EXTERNAL]);
    for (int k = 0; k < KO_CHANNELS; k++) {
        if (s->channel[k] > symptoms)
            return false;
    }
    return true;
}

static bool is_known_call(const struct ko_case *c, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < c->links.n; i++) {
        const struct ko_link *l = &c->links.v[i];
        if (l->from == from && l->to == to && !l->alternative)
            return !ko_str_eq(l->structure, KO_STR("inferred"));
    }
    return false;
}

static const struct ko_node *find_node(const struct ko_chain *chain, uint32_t entity)
{
    for (size_t i = 0; i < chain->nodes.n; i++) {
        if (chain->nodes.v[i].entity == entity)
            return &chain->nodes.v[i];
    }
    return NULL;
}

/* Is every step from the origin to ${node} a known call? */
static bool comes_by_calls(const struct ko_case *c, const struct ko_chain *chain,
                           const struct ko_node *node)
{
    size_t steps = 0;
    while (node != NULL && node->parent != KO_NO_ENTITY && steps++ < chain->nodes.n) {
        if (!is_known_call(c, node->parent, node->entity))
            return false;
        node = find_node(chain, node->parent);
    }
    return node != NULL && node->parent == KO_NO_ENTITY;
}

/* Only its change tells of the origin: then what it passes on stands for its trouble. */
static bool is_unseen(const struct ko_case *c, const struct ko_chain *chain)
{
    const struct ko_node *origin = find_node(chain, chain->origin);
    for (size_t i = 0; i < c->evidence.n && origin != NULL; i++) {
        const struct ko_evidence *e = &c->evidence.v[i];
        if (ko_str_eq(e->id, origin->evidence))
            return ko_str_eq(e->kind, KO_STR("change"));
    }
    return false;
}

static void charge(struct ko_standing *origin, struct ko_standing *follower)
{
    follower->start = origin->entity;
    if (follower->score > origin->score) {
        origin->score = follower->score;
        origin->followed_by = follower->entity;
        origin->chance = fmin(origin->chance, follower->chance);
    }
}

static void read_chain(const struct ko_case *c, const struct ko_chain *chain,
                       struct ko_standing *standings)
{
    struct ko_standing *origin = &standings[chain->origin];
    bool unseen = is_unseen(c, chain);
    for (size_t i = 0; i < chain->nodes.n; i++) {
        const struct ko_node *node = &chain->nodes.v[i];
        struct ko_standing *s = &standings[node->entity];
        bool told = unseen && node->parent == chain->origin;
        bool called = node->parent != KO_NO_ENTITY && stands_out_by_symptoms(s) &&
                      comes_by_calls(c, chain, node);
        if (told || called)
            charge(origin, s);
    }
}

void ko_upstream(const struct ko_case *c, struct ko_standing *standings)
{
    for (size_t i = 0; i < c->entities.n; i++)
        standings[i].start = standings[i].followed_by = KO_NO_ENTITY;
    for (size_t i = 0; i < c->chains.n; i++)
        read_chain(c, &c->chains.v[i], standings);
    for (size_t i = 0; i < c->entities.n; i++) {
        struct ko_standing *s = &standings[i];
        if (s->start != KO_NO_ENTITY)
            s->score = fmin(s->score, LEFT * standings[s->start].score);
    }
}
