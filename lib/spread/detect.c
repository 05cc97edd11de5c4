/* detect.c: the stretches of a series that left its baseline, and when each began. */
#include "spread/detect.h"

#include "base/stat.h"
#include "spread/baseline.h"
#include "spread/rhythm.h"
#include "spread/stretch.h"

#include <math.h>

/* Numbers that a baseline needs at least, when something says that they are healthy. */
enum { REFERENCE_DECLARED_MIN = 3 };
/* So many buckets are judged by one baseline: half as many as it knows, within these. */
enum { BLOCK_MIN = 4, BLOCK_MAX = 48 };
/* Buckets under suspicion are no history; yet not for longer than this. */
enum { PENDING_MAX = 12 };
static const double PENDING_SUM = 2.0;
/* A clear step is looked for in so many last buckets, whatever came before. */
enum { RUN_LOOK = 4 };
/* Drift of the CUSUM: half the smallest shift looked for, in scales; and where it asks
 * for a closer look. */
static const double DRIFT = 0.75;
static const double ALARM = 5.0;

/* One side of the CUSUM: start is the bucket where the sum last left 0. */
struct side {
    double sum;
    size_t start;
    double sign;
};

static enum ko_status score(struct ko_detector *d, struct ko_segment *s)
{
    const struct ko_detect_in *in = d->in;
    struct ko_baseline_in b = {.v = d->work,
                               .n = in->n,
                               .before = s->lo < s->from ? s->lo : s->from,
                               .from = s->from,
                               .to = s->to,
                               .normal = in->normal,
                               .n_normal = in->n_normal,
                               .event = in->event,
                               .ratio = in->ratio};
    struct ko_baseline_score out;
    enum ko_status st = ko_baseline_score(&b, &d->fits, &out);
    ko_arena_reset(&d->fits);
    if (st != KO_OK)
        return st;
    s->score = out.rise == s->rise ? out.score : 0;
    s->before = in->event > 0 ? ko_stat_mean(d->work, b.before) : out.before;
    s->after =
        in->event > 0 ? ko_stat_mean(d->work + s->from, s->to - s->from) : out.after;
    return KO_OK;
}

/* Keep the stretch if it is beyond the worst of its history, and mask it. */
static enum ko_status take(struct ko_detector *d, struct ko_segment *s, ko_segments *ret)
{
    if (score(d, s) != KO_OK)
        return KO_ENOMEM;
    if (s->score > 1 && ko_stretch_matters(s->before, s->after)) {
        struct ko_segment *kept;
        KO_LIST_ADD(d->scratch, ret, kept);
        if (kept == NULL)
            return KO_ENOMEM;
        *kept = *s;
    }
    for (size_t i = s->from; i < s->to; i++)
        d->work[i] = d->rest[i] = NAN;
    return KO_OK;
}

static void step(struct side *side, double z, size_t i)
{
    if (side->sum == 0)
        side->start = i;
    side->sum = fmax(0, side->sum + z - DRIFT);
}

/* Where the strong stretch that ends at ${i} begins: where the sum last left 0, or, when
 * the noise before hides a clear step, a few buckets back; n if there is none. */
static size_t strong_start(struct ko_detector *d, const struct side *side, size_t i)
{
    if (side->sum < ALARM)
        return d->in->n;
    if (ko_stretch_is_strong(d, side->start, i, side->sign) ||
        ko_stretch_is_extreme(d, side->start, i, side->sign))
        return side->start;
    for (size_t back = KO_RUN_MIN - 1; back <= RUN_LOOK; back++) {
        size_t start = i + 1 > back ? i + 1 - back : 0;
        if (start > side->start && ko_stretch_is_extreme(d, start, i, side->sign))
            return start;
    }
    return d->in->n;
}

/* Look at from..to with the current baseline; ret_next is where to go on. */
static enum ko_status scan(struct ko_detector *d, struct side sides[2], size_t from,
                           size_t to, ko_segments *ret, size_t *ret_next)
{
    *ret_next = to;
    for (size_t i = from; i < to; i++) {
        if (isnan(ko_stretch_residual(d, i, 1)))
            continue;
        for (int k = 0; k < 2; k++) {
            struct side *side = &sides[k];
            step(side, ko_stretch_clipped(d, i, side->sign), i);
            struct ko_segment s = {.from = strong_start(d, side, i),
                                   .lo = side->start,
                                   .rise = side->sign > 0};
            if (s.from == d->in->n)
                continue;
            s.to = ko_stretch_end(d, i, side->sign);
            ko_stretch_split(d, side->sign, &s);
            if (!ko_stretch_is_step(d, s.from, i, side->sign))
                continue;
            sides[0].sum = sides[1].sum = 0;
            *ret_next = s.to;
            return take(d, &s, ret);
        }
    }
    return KO_OK;
}

static size_t first_reference(const struct ko_detect_in *in)
{
    if (in->healthy >= REFERENCE_DECLARED_MIN)
        return in->healthy;
    if (in->n_normal >= KO_REFERENCE_MIN)
        return 0;
    return KO_REFERENCE_MIN;
}

/* Where the history ends: never with the last buckets, which may be the begin of
 * something; and a rise that is still being weighed is not part of it, unless it
 * is weak and long, for then the history was too short. */
static size_t history_end(const struct side sides[2], size_t at, size_t least)
{
    size_t end = at >= least + KO_RUN_MIN ? at - KO_RUN_MIN + 1 : at;
    for (int k = 0; k < 2; k++) {
        size_t weighed = at - sides[k].start;
        size_t allowed = sides[k].sum > PENDING_SUM ? PENDING_MAX : KO_RUN_MIN;
        if (sides[k].sum > 0 && weighed <= allowed && sides[k].start < end)
            end = sides[k].start;
    }
    return end;
}

static enum ko_status run(struct ko_detector *d, ko_segments *ret)
{
    struct side sides[2] = {{0, 0, 1}, {0, 0, -1}};
    size_t at = first_reference(d->in);
    while (at < d->in->n) {
        size_t known = history_end(sides, at, first_reference(d->in));
        size_t block = known / 2 > BLOCK_MIN ? known / 2 : BLOCK_MIN;
        block = block < BLOCK_MAX ? block : BLOCK_MAX;
        size_t to = at + block < d->in->n ? at + block : d->in->n;
        size_t next = to;
        sides[0].sum = sides[1].sum = 0;
        at = to;
        if (!ko_stretch_is_restless(d, known, to))
            continue;
        if (ko_stretch_fit(d, known) != KO_OK)
            return KO_ENOMEM;
        if (d->base.n >= REFERENCE_DECLARED_MIN &&
            scan(d, sides, known, to, ret, &next) != KO_OK)
            return KO_ENOMEM;
        at = next;
    }
    return KO_OK;
}

/* The numbers that are there, close together, and the bucket of each. */
struct present {
    struct ko_detect_in in;
    size_t *bucket;
};

static enum ko_status present_new(const struct ko_detect_in *in, struct ko_arena *scratch,
                                  struct present *ret)
{
    double *v = ko_arena_alloc(scratch, in->n + 1, sizeof *v);
    size_t *bucket = ko_arena_alloc(scratch, in->n + 1, sizeof *bucket);
    if (v == NULL || bucket == NULL)
        return KO_ENOMEM;
    *ret = (struct present){*in, bucket};
    ret->in.v = v;
    ret->in.n = ret->in.healthy = 0;
    for (size_t i = 0; i < in->n; i++) {
        if (isnan(in->v[i]))
            continue;
        ret->in.healthy += i < in->healthy;
        v[ret->in.n] = in->v[i];
        bucket[ret->in.n++] = i;
    }
    return KO_OK;
}

/* Back to buckets: a change seen in a number happened after the number before it. */
static void place(const struct present *p, size_t n, struct ko_segment *s)
{
    s->lo = s->lo > 0 ? p->bucket[s->lo - 1] + 1 : p->bucket[0];
    s->hi = p->bucket[s->hi];
    s->from = p->bucket[s->from];
    s->to = s->to < p->in.n ? p->bucket[s->to] : n;
}

enum ko_status ko_detect(const struct ko_detect_in *in, struct ko_arena *scratch,
                         ko_segments *ret)
{
    struct present p;
    if (present_new(in, scratch, &p) != KO_OK)
        return KO_ENOMEM;
    struct ko_detector d = {.in = &p.in, .scratch = scratch};
    d.work = ko_arena_alloc(scratch, p.in.n + 1, sizeof *d.work);
    d.room = ko_arena_alloc(scratch, p.in.n + 1, sizeof *d.room);
    d.rest = ko_arena_alloc(scratch, p.in.n + 1, sizeof *d.rest);
    if (d.work == NULL || d.room == NULL || d.rest == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < p.in.n; i++) {
        d.work[i] = p.in.v[i];
        d.rest[i] = in->ratio ? log(p.in.v[i]) : p.in.v[i];
    }
    size_t known = ret->n;
    enum ko_status st = run(&d, ret);
    if (st == KO_OK)
        st = ko_rhythm_drop(ret, known, scratch);
    for (size_t i = known; i < ret->n; i++)
        place(&p, in->n, &ret->v[i]);
    ko_arena_release(&d.fits);
    return st;
}
