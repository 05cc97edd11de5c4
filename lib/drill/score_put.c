/* score_put.c: a score as lines of a name and a value. */
#include "base/num.h"
#include "drill/score.h"

#include <math.h>

static void put(struct ko_buf *out, const char *name, double x)
{
    ko_buf_printf(out, "%s ", name);
    if (isnan(x))
        ko_buf_putc(out, '-');
    else
        ko_num_put(out, floor(x * 1000 + 0.5) / 1000);
    ko_buf_putc(out, '\n');
}

static double ratio(size_t a, size_t b)
{
    return b > 0 ? (double)a / (double)b : (double)NAN;
}

static void put_counts(struct ko_buf *out, const char *what,
                       const struct ko_score_counts *c)
{
    static const char *const names[] = {"precision", "recall", "f1"};
    double both = (double)(c->claimed + c->truth);
    double values[] = {ratio(c->right, c->claimed), ratio(c->right, c->truth),
                       both > 0 ? 2 * (double)c->right / both : (double)NAN};
    for (size_t i = 0; i < 3; i++) {
        ko_buf_printf(out, "%s_", what);
        put(out, names[i], values[i]);
    }
}

void ko_score_put(const struct ko_score *s, struct ko_buf *out)
{
    put_counts(out, "node", &s->nodes);
    put_counts(out, "edge", &s->edges);
    put(out, "direction", ratio(s->joined_right, s->joined));
    put(out, "mechanism", ratio(s->mechanisms_right, s->edges.right));
    put(out, "tau_b", s->tau_b);
    put(out, "origin_rank", s->has_origin ? (double)s->origin_rank : (double)NAN);
    put(out, "origin_onset_error_s", s->onset_error_s);
    put(out, "onset_error_s", s->onset_error_median_s);
    put_counts(out, "amplifier", &s->amplifiers);
    put(out, "factor_error", s->factor_error);
    put(out, "metastable_true", s->metastable);
    put(out, "metastable_said", s->metastable_said);
    put(out, "change_right", s->change_right);
    put(out, "chains", (double)s->chains);
    put(out, "bucket_s", s->bucket_s);
}
