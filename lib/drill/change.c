/* change.c: the changes of a drill. */
#include "drill/change.h"

#include "drill/export_csv.h"

#include <stdlib.h>

static const char *const harmless[] = {"wording of a page", "colour of a button",
                                       "log level lowered", "library update",
                                       "new dashboard",     "dead code removed"};
enum { HARMLESS = sizeof harmless / sizeof *harmless };

static bool has_fault(const struct ko_drill *d, uint32_t node)
{
    for (size_t i = 0; i < d->plan.n; i++) {
        if (d->plan.faults[i].node == node)
            return true;
    }
    return false;
}

static int by_time(const void *a, const void *b)
{
    const struct ko_drill_change *x = a;
    const struct ko_drill_change *y = b;
    if (x->second < y->second || x->second > y->second)
        return x->second < y->second ? -1 : 1;
    return x->version < y->version ? -1 : x->version > y->version;
}

static struct ko_drill_change decoy(const struct ko_drill *d, struct ko_rng *r,
                                    unsigned version)
{
    struct ko_drill_change c = {.kind = "deploy", .version = version};
    c.second = ko_rng_between(r, 0.05, 0.95) * d->opt.duration_s;
    c.node = (uint32_t)ko_rng_below(r, d->platform.nodes.n);
    for (size_t i = 0; i < d->platform.nodes.n && has_fault(d, c.node); i++)
        c.node = (uint32_t)((c.node + 1) % d->platform.nodes.n);
    c.summary = harmless[ko_rng_below(r, HARMLESS)];
    return c;
}

size_t ko_drill_changes(const struct ko_drill *d,
                        struct ko_drill_change ret[KO_DRILL_CHANGES_MAX])
{
    struct ko_rng r = ko_rng_of(d->opt.seed, KO_STREAM_CHANGES);
    const struct ko_scenario *s = d->plan.scenario;
    size_t n = 0;
    if (s->change != NULL && d->plan.n > 0) {
        struct ko_drill_change c = {.kind = s->change_kind, .summary = s->change};
        c.node = d->plan.faults[0].node;
        c.version = 400;
        c.guilty = true;
        c.second = d->plan.faults[0].from_s - ko_rng_between(&r, 20, 100);
        ret[n++] = c;
        c = (struct ko_drill_change){.kind = "rollback",
                                     .summary = "back to before",
                                     .node = c.node,
                                     .version = 399,
                                     .undo = true};
        c.second = d->plan.faults[0].to_s;
        if (d->plan.faults[0].to_s < d->opt.duration_s)
            ret[n++] = c;
    }
    for (int i = 0; i < d->opt.decoys && n < KO_DRILL_CHANGES_MAX; i++)
        ret[n++] = decoy(d, &r, 500 + (unsigned)i);
    qsort(ret, n, sizeof *ret, by_time);
    return n;
}
