/* detect.c: the stretches of a series that left its baseline, and when each began. */
#include "spread/detect.h"

#include "base/stat.h"
#include "spread/baseline.h"

#include <math.h>

/* Numbers that a baseline needs at least, when nothing says which are healthy. */
enum { REFERENCE_MIN = 8, REFERENCE_DECLARED_MIN = 3 };
/* The baseline follows slow drift, a day's curve above all: only so many numbers back. */
enum { REFERENCE_MAX = 96, BLOCK_MIN = 4, BLOCK_MAX = 48, PENDING_MAX = 12 };
/* Trouble lasts this many buckets, and is over after so many ordinary ones. */
enum { RUN_MIN = 3, RUN_LOOK = 4, CALM_MIN = 3 };
/* One bucket counts for no more than this: an outlier is not a level. */
static const double CLIP = 4.0;
/* And for the place of a split: half of it must be more than noise reaches, yet a slow
 * rise begins where it leaves the noise, not halfway up. */
static const double PLACE_CLIP = 6.0;
/* Drift of the CUSUM: half the smallest shift looked for, in scales. */
static const double DRIFT = 0.75;
static const double ALARM = 5.0;
static const double PENDING_SUM = 2.0;
/* Sum of n clipped residuals over root n: 1e-9 for normal noise, so that a day of a
 * thousand series passes. Near a hint few places are searched. */
static const double STRONG = 6.0;
static const double STRONG_DECLARED = 4.5;
/* A scale learnt from n numbers may be too small by about so many n-ths. */
static const double SMALL_SAMPLE = 5.0;
static const double SMALL_SAMPLE_COUNT = 2.0;
/* Two buckets are enough when both are so many times beyond the worst ordinary; more
 * buckets when their median is. */
static const double PAIR_EXTREME = 2.0;
static const double RUN_EXTREME = 1.1;
/* A step shows within so many buckets before and after; what takes longer is the day's
 * curve. In scales, and as a share of the level before. */
enum { STEP_SPAN = 8 };
static const double STEP_MIN = 2.5;
static const double STEP_SHARE = 0.15;
/* Fewer counts a bucket have no day's curve to speak of, nor a level within a step. */
static const double SPARSE = 1.0;
/* A mean of so many numbers nearer than this, in deviations, proposes nothing. */
enum { REST_SPAN = 4, REST_TURNS = 3 };
static const double REST = 1.5;
enum { SPLIT_TURNS = 3, PLACE_SPAN = 32 };
/* An ordinary bucket, in scales. */
static const double CALM = 2.0;
/* Log likelihood that an interval of 95 % gives away. */
static const double LIKELIHOOD_DROP = 1.92;

struct detector {
    const struct ko_detect_in *in;
    double *work; /* v with found trouble masked as missing */
    double *room; /* room for n */
    double *rest; /* work, or its logarithm when judged by ratio */
    struct ko_arena *scratch;
    struct ko_arena fits; /* emptied after each fit */
    struct ko_baseline base;
    double strong;
    double small; /* how far a scale from so few numbers may be off */
};

struct rest {
    double mean, deviation;
};

/* One side of the CUSUM: start is the bucket where the sum last left 0. */
struct side {
    double sum;
    size_t start;
    double sign;
};

static enum ko_status fit(struct detector *d, size_t to)
{
    size_t from = to > REFERENCE_MAX ? to - REFERENCE_MAX : 0;
    const struct ko_detect_in *in = d->in;
    struct ko_baseline_in b = {.v = d->work + from,
                               .n = in->n - from,
                               .before = to - from,
                               .normal = in->normal,
                               .n_normal = in->n_normal,
                               .count = in->count,
                               .ratio = in->ratio};
    enum ko_status st = ko_baseline_fit(&b, &d->fits, &d->base);
    ko_arena_reset(&d->fits);
    double small = in->count ? SMALL_SAMPLE_COUNT : SMALL_SAMPLE;
    d->small = 1.0 + small / (double)(d->base.n + 1);
    d->strong = (in->healthy > 0 ? STRONG_DECLARED : STRONG) * d->small *
                sqrt((1.0 + d->base.memory) / (1.0 - d->base.memory));
    return st;
}

static double residual(const struct detector *d, size_t i, double sign)
{
    return sign * ko_baseline_residual(&d->base, d->work[i]);
}

static double clip(double z, double most)
{
    return z > most ? most : z < -most ? -most : z;
}

static double clipped(const struct detector *d, size_t i, double sign)
{
    return clip(residual(d, i, sign), CLIP);
}

static double placed(const struct detector *d, size_t i, double sign)
{
    return clip(residual(d, i, sign), PLACE_CLIP);
}

/* Numbers of from..last: their residuals, sorted, in room; and the sum of clipped ones.
 */
static size_t residuals(struct detector *d, size_t from, size_t last, double sign,
                        double *ret_sum)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = from; i <= last; i++) {
        double z = residual(d, i, sign);
        if (isnan(z))
            continue;
        sum += clipped(d, i, sign);
        d->room[n++] = z;
    }
    ko_stat_sort(d->room, n);
    *ret_sum = sum;
    return n;
}

/* Is half of the stretch beyond the worst ordinary bucket, and all of a short one twice?
 */
static bool is_extreme(struct detector *d, size_t from, size_t last, double sign)
{
    double sum;
    size_t n = residuals(d, from, last, sign, &sum);
    double worst = d->small * (sign > 0 ? d->base.worst_up : d->base.worst_down);
    if (n < RUN_MIN)
        return n == RUN_MIN - 1 && d->room[0] >= PAIR_EXTREME * worst;
    return ko_stat_sorted_quantile(d->room, n, 0.5) >= RUN_EXTREME * worst;
}

/* Is the mean of the stretch off by more than noise explains anywhere in a long search?
 */
static bool is_strong(struct detector *d, size_t from, size_t last, double sign)
{
    double sum;
    size_t n = residuals(d, from, last, sign, &sum);
    double error = sqrt((double)n * (1.0 + (double)n / (double)(d->base.n + 1)));
    return n >= RUN_MIN && sum / error >= d->strong;
}

struct mean {
    double residual, value;
};

static struct mean mean_of(const struct detector *d, size_t from, size_t to, double sign)
{
    struct mean m = {0, 0};
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        double z = clipped(d, i, sign);
        if (isnan(z))
            continue;
        m.residual += z;
        m.value += d->work[i];
        n++;
    }
    m.residual = n > 0 ? m.residual / (double)n : NAN;
    m.value = n > 0 ? m.value / (double)n : NAN;
    return m;
}

/* Does the series step at ${at}, rather than go on a slow way? */
static bool is_step(const struct detector *d, size_t at, size_t last, double sign)
{
    size_t from = at > STEP_SPAN ? at - STEP_SPAN : 0;
    size_t to = last + 1 < at + STEP_SPAN ? last + 1 : at + STEP_SPAN;
    struct mean before = mean_of(d, from, at, sign);
    struct mean after = mean_of(d, at, to, sign);
    if (isnan(before.residual) || (d->base.count && d->base.centre < SPARSE))
        return true;
    return after.residual - before.residual >= STEP_MIN &&
           fabs(after.value - before.value) >= STEP_SHARE * fabs(before.value);
}

/* The first bucket after ${last} that begins CALM_MIN ordinary ones; n if none. */
static size_t find_end(const struct detector *d, size_t last, double sign)
{
    size_t calm = 0;
    size_t begin = last + 1;
    for (size_t i = last + 1; i < d->in->n; i++) {
        double z = residual(d, i, sign);
        if (isnan(z))
            continue;
        if (z >= CALM) {
            calm = 0;
            begin = i + 1;
        } else if (++calm >= CALM_MIN) {
            return begin;
        }
    }
    return d->in->n;
}

/* How much more likely bucket i is inside the stretch, whose level is known. */
static double gain(const struct detector *d, size_t i, double sign, double level)
{
    const struct ko_baseline *b = &d->base;
    double x = d->work[i];
    if (b->count && level > 0) {
        double per = b->scale * b->scale;
        return (x * log(level / b->centre) - (level - b->centre)) / per;
    }
    return level * (placed(d, i, sign) - level / 2);
}

/* Counts: the mean of the stretch; else its median residual. */
static double level_of(struct detector *d, size_t from, size_t to, double sign)
{
    if (d->base.count)
        return fmax(ko_stat_mean(d->work + from, to - from), d->base.centre / 50);
    for (size_t i = from; i < to; i++)
        d->room[i - from] = placed(d, i, sign);
    size_t n = ko_stat_present(d->room, to - from, d->room);
    ko_stat_sort(d->room, n);
    return ko_stat_sorted_quantile(d->room, n, 0.5);
}

/*
 * Fill room[i - first] with the log likelihood of a split before i, for i in first..last,
 * and return the best.
 */
static double split_likelihood(struct detector *d, size_t first, size_t last, double sign,
                               double level)
{
    double sum = 0;
    double best = -INFINITY;
    for (size_t i = last + 1; i-- > first;) {
        double g = gain(d, i, sign, level);
        sum += isnan(g) ? 0 : g;
        d->room[i - first] = sum;
        if (!isnan(g) && sum > best)
            best = sum;
    }
    return best;
}

/* The largest residual of from..last. */
static double peak_of(const struct detector *d, size_t from, size_t last, double sign)
{
    size_t at = from;
    for (size_t i = from; i <= last; i++) {
        if (!(residual(d, i, sign) <= residual(d, at, sign)))
            at = i;
    }
    return placed(d, at, sign);
}

/* The most likely split before the stretch from..last, and the level that makes it so.
 * Numbers from before the split drag the level down, so both are found in turns, from
 * above; few counts reach their level only in the mean, so theirs is taken as it is. */
static double best_split(struct detector *d, size_t first, size_t last, double sign,
                         size_t *from)
{
    double best = 0;
    double level = d->base.count ? level_of(d, *from, last + 1, sign)
                                 : peak_of(d, *from, last, sign);
    for (int turn = 0; turn < SPLIT_TURNS; turn++) {
        if (turn > 0)
            level = level_of(d, *from, last + 1, sign);
        best = split_likelihood(d, first, last, sign, level);
        for (size_t i = first; i <= last; i++) {
            if (d->room[i - first] == best && !isnan(d->work[i]))
                *from = i;
        }
    }
    return best;
}

/* Find the first bucket of the stretch, whose end is known, and the doubt about it; lo
 * comes as the earliest bucket that may belong to it. */
static void refine(struct detector *d, double sign, struct ko_segment *s)
{
    size_t last = s->to - s->from > PLACE_SPAN ? s->from + PLACE_SPAN : s->to - 1;
    size_t first = s->lo > RUN_MIN ? s->lo - RUN_MIN : 0;
    if (first < d->in->healthy && d->in->healthy <= s->from)
        first = d->in->healthy;
    double best = best_split(d, first, last, sign, &s->from);
    s->lo = s->hi = s->from;
    for (size_t i = first; i <= last; i++) {
        if (isnan(d->work[i]) || d->room[i - first] < best - LIKELIHOOD_DROP)
            continue;
        s->lo = i < s->lo ? i : s->lo;
        s->hi = i > s->hi ? i : s->hi;
    }
}

static enum ko_status score(struct detector *d, struct ko_segment *s)
{
    const struct ko_detect_in *in = d->in;
    struct ko_baseline_in b = {.v = d->work,
                               .n = in->n,
                               .before = s->lo < s->from ? s->lo : s->from,
                               .from = s->from,
                               .to = s->to,
                               .normal = in->normal,
                               .n_normal = in->n_normal,
                               .count = in->count,
                               .ratio = in->ratio};
    struct ko_baseline_score out;
    enum ko_status st = ko_baseline_score(&b, &d->fits, &out);
    ko_arena_reset(&d->fits);
    if (st != KO_OK)
        return st;
    s->score = out.rise == s->rise ? out.score : 0;
    s->before = in->count ? ko_stat_mean(d->work, b.before) : out.before;
    s->after = in->count ? ko_stat_mean(d->work + s->from, s->to - s->from) : out.after;
    return KO_OK;
}

/* Keep the stretch if it is beyond the worst of its history, and mask it. */
static enum ko_status take(struct detector *d, struct ko_segment *s, ko_segments *ret)
{
    if (score(d, s) != KO_OK)
        return KO_ENOMEM;
    bool matters = fabs(s->after - s->before) >= STEP_SHARE * fabs(s->before);
    if (s->score > 1 && matters) {
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
static size_t strong_start(struct detector *d, const struct side *side, size_t i)
{
    if (side->sum < ALARM)
        return d->in->n;
    if (is_strong(d, side->start, i, side->sign) ||
        is_extreme(d, side->start, i, side->sign))
        return side->start;
    for (size_t back = RUN_MIN - 1; back <= RUN_LOOK; back++) {
        size_t start = i + 1 > back ? i + 1 - back : 0;
        if (start > side->start && is_extreme(d, start, i, side->sign))
            return start;
    }
    return d->in->n;
}

/* Look at from..to with the current baseline; ret_next is where to go on. */
static enum ko_status scan(struct detector *d, struct side sides[2], size_t from,
                           size_t to, ko_segments *ret, size_t *ret_next)
{
    *ret_next = to;
    for (size_t i = from; i < to; i++) {
        if (isnan(residual(d, i, 1)))
            continue;
        for (int k = 0; k < 2; k++) {
            struct side *side = &sides[k];
            step(side, clipped(d, i, side->sign), i);
            struct ko_segment s = {.from = strong_start(d, side, i),
                                   .lo = side->start,
                                   .rise = side->sign > 0};
            if (s.from == d->in->n)
                continue;
            s.to = find_end(d, i, side->sign);
            refine(d, side->sign, &s);
            if (!is_step(d, s.from, i, side->sign))
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
    if (in->n_normal >= REFERENCE_MIN)
        return 0;
    return REFERENCE_MIN;
}

/* Where the history ends: never with the last buckets, which may be the begin of
 * something; and a rise that is still being weighed is not part of it, unless it
 * is weak and long, for then the history was too short. */
static size_t history_end(const struct side sides[2], size_t at, size_t least)
{
    size_t end = at >= least + RUN_MIN ? at - RUN_MIN + 1 : at;
    for (int k = 0; k < 2; k++) {
        size_t weighed = at - sides[k].start;
        size_t allowed = sides[k].sum > PENDING_SUM ? PENDING_MAX : RUN_MIN;
        if (sides[k].sum > 0 && weighed <= allowed && sides[k].start < end)
            end = sides[k].start;
    }
    return end;
}

/* Mean and deviation of from..to, with numbers beyond four deviations moved there. */
static struct rest rest_of(const double *v, size_t from, size_t to)
{
    struct rest r = {0, INFINITY};
    for (int turn = 0; turn < REST_TURNS; turn++) {
        double far = CLIP * r.deviation;
        double sum = 0;
        double squares = 0;
        double n = 0;
        for (size_t i = from; i < to; i++) {
            double off = clip(v[i] - r.mean, far);
            if (isnan(off))
                continue;
            sum += off;
            squares += off * off;
            n++;
        }
        r.mean += sum / n;
        r.deviation = turn > 0 ? sqrt(squares / n) : INFINITY;
    }
    return r;
}

/*
 * May there be a proposal in from..to?  Cheap, and never no where is_strong or is_extreme
 * say yes but for deviations of about one scale: most series are at rest most of the day,
 * and are spared the order statistics.
 */
static bool is_restless(const struct detector *d, size_t from, size_t to)
{
    const double *v = d->rest;
    size_t back = from > REFERENCE_MAX ? from - REFERENCE_MAX : 0;
    struct rest r = rest_of(v, back, from);
    if (!(r.deviation > 0) || from - back < 2 * REFERENCE_MIN)
        return true;
    if (to - from < REST_SPAN)
        return true;
    for (size_t i = from; i < to; i += REST_SPAN) {
        size_t at = i + REST_SPAN <= to ? i : to - REST_SPAN;
        double sum = 0;
        for (size_t k = at; k < at + REST_SPAN; k++)
            sum += v[k];
        if (!(fabs(sum / REST_SPAN - r.mean) < REST * r.deviation))
            return true;
    }
    return false;
}

static enum ko_status run(struct detector *d, ko_segments *ret)
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
        if (!is_restless(d, known, to))
            continue;
        if (fit(d, known) != KO_OK)
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
    struct detector d = {.in = &p.in, .scratch = scratch};
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
    for (size_t i = known; i < ret->n; i++)
        place(&p, in->n, &ret->v[i]);
    ko_arena_release(&d.fits);
    return st;
}
