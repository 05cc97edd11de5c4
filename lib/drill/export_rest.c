/* export_rest.c: changes, pages and the map: the small exports. */
#include "base/json.h"
#include "base/num.h"
#include "drill/change.h"
#include "drill/export_csv.h"

static const unsigned PAGED_AFTER_S = 240, ASSIGNED_AFTER_S = 420;

void ko_drill_put_changes(const struct ko_drill *d, struct ko_buf *out)
{
    struct ko_drill_change all[KO_DRILL_CHANGES_MAX];
    size_t n = ko_drill_changes(d, all);
    ko_buf_puts(out, "time,kind,service,version,summary\n");
    for (size_t i = 0; i < n; i++) {
        ko_time_put(out, ko_drill_time(all[i].second));
        ko_buf_printf(out, ",%s,%.*s,v%u,%s\n", all[i].kind,
                      KO_ARG(d->platform.nodes.v[all[i].node].name), all[i].version,
                      all[i].summary);
    }
}

/* The first part with customers that was reached: there the page goes first. */
static const struct ko_truth_node *where_it_hurts(const struct ko_drill *d)
{
    for (size_t i = 0; i < d->truth.nodes.n; i++) {
        if (d->platform.nodes.v[d->truth.nodes.v[i].node].patience_s > 0)
            return &d->truth.nodes.v[i];
    }
    return NULL;
}

static void put_page(const struct ko_drill *d, const struct ko_truth_node *where,
                     unsigned second, const char *event, struct ko_buf *out)
{
    const struct ko_sim_node *n = &d->platform.nodes.v[where->node];
    if (second >= d->opt.duration_s)
        return;
    ko_time_put(out, ko_drill_time(second));
    ko_buf_printf(out, ",INC-1,%s,%.*s,%.*s,customers of %.*s complain\n", event,
                  KO_ARG(n->name), KO_ARG(n->owner), KO_ARG(n->name));
}

void ko_drill_put_incidents(const struct ko_drill *d, struct ko_buf *out)
{
    const struct ko_truth_node *where = where_it_hurts(d);
    ko_buf_puts(out, "time,incident,event,service,team,summary\n");
    if (where == NULL)
        return;
    put_page(d, where, where->onset_s + PAGED_AFTER_S, "opened", out);
    put_page(d, where, where->onset_s + ASSIGNED_AFTER_S, "assigned", out);
    if (where->end_s < d->opt.duration_s)
        put_page(d, where, where->end_s + 60, "resolved", out);
}

static void put_member(struct ko_buf *b, const char *key, struct ko_str s)
{
    if (s.n == 0)
        return;
    ko_json_key(b, key);
    ko_json_put_str(b, s);
}

static void put_depends(const struct ko_platform *p, size_t node, struct ko_buf *b)
{
    ko_buf_puts(b, ",\"depends_on\":[");
    for (size_t k = p->out.from[node]; k < p->out.from[node + 1]; k++) {
        const struct ko_sim_link *l = &p->links.v[p->out.v[k]];
        ko_json_sep(b);
        if (l->how != KO_HOW_SYNC)
            ko_buf_puts(b, "{\"name\":");
        ko_json_put_str(b, p->nodes.v[l->callee].name);
        if (l->how != KO_HOW_SYNC)
            ko_buf_puts(b, ",\"async\":true}");
    }
    ko_buf_putc(b, ']');
}

static void put_entity(const struct ko_platform *p, size_t node, struct ko_buf *b)
{
    const struct ko_sim_node *n = &p->nodes.v[node];
    ko_buf_puts(b, "\n  {");
    put_member(b, "name", n->name);
    put_member(b, "kind", ko_str(ko_node_kind_name(n->kind)));
    put_member(b, "owner", n->owner);
    put_member(b, "fallback", n->fallback);
    if (n->kind == KO_NODE_VENDOR)
        ko_buf_puts(b, ",\"vendor\":true");
    put_depends(p, node, b);
    ko_buf_putc(b, '}');
}

void ko_drill_put_map(const struct ko_drill *d, struct ko_buf *out)
{
    const struct ko_platform *p = &d->platform;
    ko_buf_puts(out, "{\"entities\":[");
    for (size_t i = 0; i < p->nodes.n; i++) {
        ko_json_sep(out);
        put_entity(p, i, out);
    }
    ko_buf_puts(out, "],\n \"journeys\":[");
    for (size_t i = 0; i < p->journeys.n; i++) {
        ko_json_sep(out);
        ko_buf_puts(out, "\n  {");
        put_member(out, "name", p->journeys.v[i].name);
        ko_buf_puts(out, ",\"steps\":[");
        for (size_t k = 0; k < p->journeys.v[i].steps.n; k++) {
            const struct ko_journey_step *s = &p->journeys.v[i].steps.v[k];
            ko_json_sep(out);
            ko_buf_putc(out, '{');
            put_member(out, "name", s->name);
            put_member(out, "entity", p->nodes.v[s->node].name);
            put_member(out, "owner", p->nodes.v[s->node].owner);
            if (s->slow_after_s > 0) {
                ko_json_key(out, "slow_after");
                ko_num_put(out, s->slow_after_s);
            }
            ko_buf_putc(out, '}');
        }
        ko_buf_puts(out, "]}");
    }
    ko_buf_puts(out, "]}\n");
}
