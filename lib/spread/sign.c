/* sign.c: an onset as a sign of trouble, and how much it counts. */
#include "spread/sign.h"

#include <math.h>

/* An early onset with a low score needs a second one within so many buckets. */
enum { SUPPORT_BUCKETS = 3 };
static const double ALONE_SCORE = 1.5;
/* A begin with less than this share of the weight of the heaviest is a mild sign before it.
 */
static const double BEGIN_SHARE = 0.5;
/* A score counts up to here, so that one loud series does not outvote the rest. */
static const double SCORE_CAP = 4.0;

bool ko_sign_is_silence(const struct ko_onset *o)
{
    return ko_str_eq(o->kind, KO_STR("silence"));
}

double ko_sign_class_weight(const struct ko_onset *o)
{
    if (ko_sign_is_silence(o))
        return 1.0;
    switch (o->cls) {
    case KO_CLASS_ERROR:
    case KO_CLASS_LATENCY:
        return o->rise ? 1.0 : 0;
    case KO_CLASS_QUEUE:
    case KO_CLASS_RETRY:
    case KO_CLASS_CUSTOMER:
        return o->rise ? 0.8 : 0;
    case KO_CLASS_HEALTH:
        return 1.0;
    case KO_CLASS_RESOURCE:
        return o->rise ? 0.8 : 0.4;
    case KO_CLASS_LOAD:
        return o->rise ? 0 : 0.3;
    default:
        return ko_str_eq(o->kind, KO_STR("template")) ? 0 : 0.3;
    }
}

bool ko_sign_is_clear(const struct ko_onset *o)
{
    return ko_sign_class_weight(o) >= KO_SIGN_WEIGHT_MIN;
}

double ko_sign_weight(const struct ko_onset *o)
{
    return ko_sign_class_weight(o) * fmin(o->score, SCORE_CAP);
}

/* Does onset i of the group stand on its own, or has company soon after? */
static bool is_supported(const struct ko_case *c, const struct ko_sign *v, size_t n,
                         size_t i)
{
    const struct ko_onset *o = &c->onsets.v[v[i].at];
    if (!ko_sign_is_clear(o))
        return false;
    if (o->score >= ALONE_SCORE)
        return true;
    for (size_t k = 0; k < n; k++) {
        ko_dur apart = v[k].time - v[i].time;
        if (k != i && apart >= 0 && apart <= SUPPORT_BUCKETS * c->head.step &&
            ko_sign_class_weight(&c->onsets.v[v[k].at]) > 0)
            return true;
    }
    return false;
}

/* The weight of onset i and those less than ${span} later. */
static double weight_from(const struct ko_case *c, const struct ko_sign *v, size_t n,
                          size_t i, ko_dur span)
{
    double sum = 0;
    for (size_t k = i; k < n && v[k].time - v[i].time < span; k++)
        sum += ko_sign_weight(&c->onsets.v[v[k].at]);
    return sum;
}

/* The weight from which on a begin is not mild. */
static double enough(const struct ko_case *c, const struct ko_sign *v, size_t n,
                     ko_dur span)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, weight_from(c, v, n, i, span));
    return BEGIN_SHARE * most;
}

/* The first supported onset that is not mild, else the first clear one, else the first. */
static size_t first_of(const struct ko_case *c, const struct ko_sign *v, size_t n)
{
    const ko_dur soon = SUPPORT_BUCKETS * c->head.step;
    double least = enough(c, v, n, soon);
    for (size_t i = 0; i < n; i++) {
        bool mild = !ko_sign_is_silence(&c->onsets.v[v[i].at]) &&
                    weight_from(c, v, n, i, soon) < least;
        if (!mild && is_supported(c, v, n, i))
            return i;
    }
    for (size_t i = 0; i < n; i++) {
        if (ko_sign_is_clear(&c->onsets.v[v[i].at]))
            return i;
    }
    for (size_t i = 0; i < n; i++) {
        if (ko_sign_class_weight(&c->onsets.v[v[i].at]) > 0)
            return i;
    }
    return 0;
}

/* Until when it had begun at the latest: the earliest that a sign from the first on says.
 */
static ko_time begun_by(const struct ko_case *c, const struct ko_sign *v, size_t n,
                        size_t first)
{
    ko_time by = c->onsets.v[v[first].at].hi;
    for (size_t i = first; i < n; i++) {
        const struct ko_onset *o = &c->onsets.v[v[i].at];
        if (ko_sign_is_clear(o) && o->score >= ALONE_SCORE && o->hi < by)
            by = o->hi;
    }
    return by;
}

/* Of the onsets that may be the same instant as the first, the one known best. */
static size_t sharpest(const struct ko_case *c, const struct ko_sign *v, size_t n,
                       size_t first)
{
    size_t best = first;
    const struct ko_onset *f = &c->onsets.v[v[first].at];
    ko_time by = begun_by(c, v, n, first);
    for (size_t i = first; i < n; i++) {
        const struct ko_onset *o = &c->onsets.v[v[i].at];
        const struct ko_onset *b = &c->onsets.v[v[best].at];
        bool same = o->time >= f->lo && o->time <= by;
        if (same && ko_sign_is_clear(o) && o->hi - o->lo < b->hi - b->lo)
            best = i;
    }
    return best;
}

size_t ko_sign_begin(const struct ko_case *c, const struct ko_sign *v, size_t n)
{
    return sharpest(c, v, n, first_of(c, v, n));
}
