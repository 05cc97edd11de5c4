/* story.c: what happened in a drill, for people. */
#include "drill/story.h"

#include "base/num.h"

static void put_node(const struct ko_drill *d, const struct ko_truth_node *n,
                     struct ko_buf *out)
{
    const struct ko_platform *p = &d->platform;
    ko_time_put_clock(out, ko_drill_time(n->onset_s));
    ko_buf_printf(out, "  %-22.*s", KO_ARG(p->nodes.v[n->node].name));
    if (n->origin)
        ko_buf_puts(out, " the fault");
    for (size_t i = 0; i < d->truth.edges.n; i++) {
        const struct ko_truth_edge *e = &d->truth.edges.v[i];
        if (e->to == n->node)
            ko_buf_printf(out, " %s from %.*s;", e->mechanism,
                          KO_ARG(p->nodes.v[e->from].name));
    }
    if (out->n > 0 && out->p[out->n - 1] == ';')
        out->n--;
    ko_buf_putc(out, '\n');
}

static void put_amplifier(const struct ko_drill *d, const struct ko_truth_amplifier *a,
                          struct ko_buf *out)
{
    const struct ko_sim_link *l = &d->platform.links.v[a->link];
    ko_buf_printf(out, "%.*s calls %.*s ", KO_ARG(d->platform.nodes.v[l->caller].name),
                  KO_ARG(d->platform.nodes.v[l->callee].name));
    ko_num_human(out, a->factor);
    ko_buf_puts(out, " times as often a request\n");
}

static void put_harm(double customers, struct ko_buf *out)
{
    ko_num_human(out, customers > 0 ? customers : 0);
    ko_buf_puts(out, " customers served badly");
}

void ko_drill_put_story(const struct ko_drill *d, struct ko_buf *out)
{
    ko_buf_printf(out, "%s: %s\n", d->plan.scenario->name, d->plan.scenario->what);
    for (size_t i = 0; i < d->truth.nodes.n; i++)
        put_node(d, &d->truth.nodes.v[i], out);
    for (size_t i = 0; i < d->truth.amplifiers.n; i++)
        put_amplifier(d, &d->truth.amplifiers.v[i], out);
    if (d->truth.nodes.n == 0) {
        ko_buf_puts(out, "nothing broke\n");
        return;
    }
    if (d->truth.metastable)
        ko_buf_puts(out, "it outlived its trigger\n");
    double harm = 0;
    for (size_t r = 0; r < KO_DRILL_REGIONS; r++)
        harm += d->truth.impact[r];
    put_harm(harm, out);
    ko_buf_putc(out, '\n');
}

void ko_drill_put_saving(double before, double after, struct ko_buf *out)
{
    double saved = before > 0 ? (before - after) / before : 0;
    ko_buf_puts(out, "contained: ");
    put_harm(after, out);
    ko_buf_puts(out, " instead of ");
    ko_num_human(out, before > 0 ? before : 0);
    ko_buf_puts(out, saved < 0 ? ", worse by " : ", saved ");
    ko_num_human(out, (saved < 0 ? -saved : saved) * 100);
    ko_buf_puts(out, " %\n");
}
