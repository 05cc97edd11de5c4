/* ill.c: what the faults of the plan do to a node in one second. */
#include "drill/motion.h"

static const double MOVE_S = 60; /* until customers of a lost region are in the other */

static bool active(const struct ko_motion *m, const struct ko_planned *f, size_t region)
{
    return m->faults && m->warm && m->second >= f->from_s && m->second < f->to_s &&
           (f->region < 0 || (size_t)f->region == region);
}

static void apply(struct ko_ill *ill, const struct ko_planned *f)
{
    switch (f->kind) {
    case KO_FAULT_SLOW:
        ill->slower *= f->size;
        break;
    case KO_FAULT_ERROR:
        ill->error_ratio = f->size;
        break;
    case KO_FAULT_CAPACITY:
        ill->slots_left *= f->size;
        break;
    case KO_FAULT_CONTEXT:
        ill->no_context = f->size;
        break;
    case KO_FAULT_MISROUTE:
        ill->misrouted = f->size;
        break;
    case KO_FAULT_STALE:
        ill->stale = f->size;
        break;
    case KO_FAULT_DEAD:
    case KO_FAULT_REGION:
        ill->dead = true;
        break;
    case KO_FAULT_NONE:
        break;
    }
}

struct ko_ill ko_motion_ill(const struct ko_motion *m, size_t region, size_t node)
{
    struct ko_ill ill = {.slower = 1, .slots_left = 1};
    for (size_t i = 0; i < m->plan->n; i++) {
        const struct ko_planned *f = &m->plan->faults[i];
        /* Entrances stand before the regions. */
        bool hit = f->kind == KO_FAULT_REGION ? m->p->nodes.v[node].demand <= 0
                                              : f->node == node;
        if (hit && active(m, f, region))
            apply(&ill, f);
    }
    return ill;
}

double ko_motion_moved(const struct ko_motion *m, size_t region)
{
    for (size_t i = 0; i < m->plan->n; i++) {
        const struct ko_planned *f = &m->plan->faults[i];
        if (f->kind != KO_FAULT_REGION || !active(m, f, region))
            continue;
        double x = ((double)m->second - f->from_s) / MOVE_S;
        return x < 1 ? x : 0.98;
    }
    return 0;
}

bool ko_motion_contained(const struct ko_motion *m, enum ko_contain_kind kind, size_t at)
{
    return m->contain != NULL && m->contain->all.n > 0 && m->warm &&
           m->second >= m->plan->start_s &&
           ko_contain_has(m->contain, kind, (uint32_t)at);
}
