/* export_traces.c: the sampled hops as a table of spans. */
#include "base/num.h"
#include "drill/export_csv.h"
#include "drill/walk.h"

#include <math.h>

struct traces {
    struct ko_buf *out;
    struct ko_rng rng;
};

static void put_hop(void *ctx, const struct ko_drill *d, const struct ko_hop *h)
{
    struct traces *x = ctx;
    if (h->silent || ko_export_lost(d, &x->rng))
        return;
    struct ko_buf *b = x->out;
    ko_buf_printf(b, "%016llx,%08llx,", (unsigned long long)h->trace,
                  (unsigned long long)h->span);
    if (h->parent != 0)
        ko_buf_printf(b, "%08llx", (unsigned long long)h->parent);
    ko_buf_putc(b, ',');
    ko_buf_put(b, d->platform.nodes.v[h->node].name);
    ko_buf_puts(b, ",handle,");
    ko_time_put(b, ko_export_time(d, h->node, h->at_s));
    ko_buf_putc(b, ',');
    ko_num_put(b, floor(h->took_s * 1e5 + 0.5) / 100);
    ko_buf_printf(b, ",%d,%s\n",
                  h->ok        ? 200
                  : h->refused ? 503
                               : 500,
                  ko_region_names[h->region]);
}

void ko_drill_put_traces(const struct ko_drill *d, struct ko_buf *out)
{
    struct traces x = {out, ko_rng_of(d->opt.seed, KO_STREAM_TRACES)};
    ko_buf_puts(out, "trace_id,span_id,parent_span_id,service,operation,start_time,"
                     "duration_ms,status,region\n");
    ko_walk_all(d, ko_export_hops(d), put_hop, &x);
}
