/* truth_json.c: the truth as JSON; man/drill.1 describes it. */
#include "base/json.h"
#include "base/num.h"
#include "drill/aftermath.h"
#include "drill/change.h"
#include "drill/export_csv.h"

#include <math.h>

struct writer {
    const struct ko_drill *d;
    struct ko_buf *b;
};

static void put_name(const struct writer *w, const char *key, uint32_t node)
{
    ko_json_key(w->b, key);
    ko_json_put_str(w->b, w->d->platform.nodes.v[node].name);
}

static void put_time(const struct writer *w, const char *key, unsigned second)
{
    ko_json_key(w->b, key);
    ko_buf_putc(w->b, '"');
    ko_time_put(w->b, ko_drill_time(second));
    ko_buf_putc(w->b, '"');
}

static void put_number(const struct writer *w, const char *key, double x)
{
    ko_json_key(w->b, key);
    ko_num_put(w->b, floor(x * 1000 + 0.5) / 1000);
}

static void put_flag(const struct writer *w, const char *key, bool x)
{
    ko_json_key(w->b, key);
    ko_buf_puts(w->b, x ? "true" : "false");
}

static void open_list(const struct writer *w, const char *key)
{
    ko_buf_puts(w->b, ",\n ");
    ko_buf_printf(w->b, "\"%s\":[", key);
}

static void put_head(const struct writer *w)
{
    const struct ko_drill *d = w->d;
    ko_buf_puts(w->b, "{\"format\":\"knockon/truth\",\"version\":1");
    ko_json_key(w->b, "scenario");
    ko_json_put_str(w->b, ko_str(d->plan.scenario->name));
    put_number(w, "seed", (double)d->opt.seed);
    put_number(w, "services", (double)d->platform.nodes.n);
    put_time(w, "from", 0);
    put_time(w, "to", d->opt.duration_s);
    put_number(w, "skew_s", d->opt.skew_s);
    put_number(w, "missing_percent", d->opt.missing_percent);
    put_flag(w, "metastable", d->truth.metastable);
}

static void put_origins(const struct writer *w)
{
    open_list(w, "origins");
    for (size_t i = 0; i < w->d->truth.nodes.n; i++) {
        const struct ko_truth_node *n = &w->d->truth.nodes.v[i];
        if (!n->origin)
            continue;
        ko_json_sep(w->b);
        ko_json_put_str(w->b, w->d->platform.nodes.v[n->node].name);
    }
    ko_buf_putc(w->b, ']');
}

static void put_nodes(const struct writer *w)
{
    open_list(w, "nodes");
    for (size_t i = 0; i < w->d->truth.nodes.n; i++) {
        const struct ko_truth_node *n = &w->d->truth.nodes.v[i];
        ko_json_sep(w->b);
        ko_buf_puts(w->b, "\n  {");
        put_name(w, "entity", n->node);
        put_time(w, "onset", n->onset_s);
        if (n->end_s < w->d->opt.duration_s)
            put_time(w, "end", n->end_s);
        put_flag(w, "slow", n->slow);
        put_flag(w, "failing", n->failing);
        put_flag(w, "loaded", n->loaded);
        put_flag(w, "silent", n->silent);
        put_flag(w, "stale", n->stale);
        ko_buf_putc(w->b, '}');
    }
    ko_buf_putc(w->b, ']');
}

static void put_edges(const struct writer *w)
{
    open_list(w, "edges");
    for (size_t i = 0; i < w->d->truth.edges.n; i++) {
        const struct ko_truth_edge *e = &w->d->truth.edges.v[i];
        ko_json_sep(w->b);
        ko_buf_puts(w->b, "\n  {");
        put_name(w, "from", e->from);
        put_name(w, "to", e->to);
        ko_json_key(w->b, "mechanism");
        ko_json_put_str(w->b, ko_str(e->mechanism));
        put_number(w, "lag_s", e->lag_s);
        ko_buf_putc(w->b, '}');
    }
    ko_buf_putc(w->b, ']');
}

static void put_amplifiers(const struct writer *w)
{
    open_list(w, "amplifiers");
    for (size_t i = 0; i < w->d->truth.amplifiers.n; i++) {
        const struct ko_truth_amplifier *a = &w->d->truth.amplifiers.v[i];
        const struct ko_sim_link *l = &w->d->platform.links.v[a->link];
        ko_json_sep(w->b);
        ko_buf_puts(w->b, "\n  {");
        put_name(w, "caller", l->caller);
        put_name(w, "callee", l->callee);
        put_number(w, "factor", a->factor);
        ko_buf_putc(w->b, '}');
    }
    ko_buf_putc(w->b, ']');
}

static void put_bystanders(const struct writer *w)
{
    open_list(w, "bystanders");
    for (size_t i = 0; i < w->d->truth.bystanders.n; i++) {
        ko_json_sep(w->b);
        ko_json_put_str(w->b, w->d->platform.nodes.v[w->d->truth.bystanders.v[i]].name);
    }
    ko_buf_putc(w->b, ']');
}

static void put_changes(const struct writer *w)
{
    struct ko_drill_change all[KO_DRILL_CHANGES_MAX];
    size_t n = ko_drill_changes(w->d, all);
    open_list(w, "changes");
    for (size_t i = 0; i < n; i++) {
        ko_json_sep(w->b);
        ko_buf_printf(w->b, "\n  {\"id\":\"v%u\"", all[i].version);
        put_name(w, "entity", all[i].node);
        put_flag(w, "guilty", all[i].guilty);
        put_flag(w, "undo", all[i].undo);
        ko_buf_putc(w->b, '}');
    }
    ko_buf_putc(w->b, ']');
}

void ko_drill_put_truth(const struct ko_drill *d, struct ko_buf *out)
{
    struct writer w = {d, out};
    put_head(&w);
    put_origins(&w);
    put_nodes(&w);
    put_edges(&w);
    put_amplifiers(&w);
    put_bystanders(&w);
    put_changes(&w);
    ko_drill_put_impact(d, out);
    ko_drill_put_demand(d, out);
    ko_drill_put_signals(d, out);
    ko_drill_put_worklists(d, out);
    ko_buf_puts(out, "}\n");
}
