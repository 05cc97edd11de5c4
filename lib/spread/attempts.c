/* attempts.c: how often calls were made again, by what their caller says of them. */
#include "spread/attempts.h"

#include "spread/words.h"

#include <math.h>

/* Five standard errors of a Poisson count that should be none. */
static const double AGAIN_MIN = 25;

static double count_in(const struct ko_template *t, struct ko_buckets span)
{
    double sum = 0;
    for (size_t i = span.from; i < span.to && i < t->v.n; i++)
        sum += isnan(t->v.v[i]) ? 0 : t->v.v[i];
    return sum;
}

static bool is_about(const struct ko_case *c, const struct ko_template *t,
                     uint32_t caller, uint32_t callee)
{
    return t->entity == caller && !t->normal && ko_words_trouble(t) &&
           ko_words_name(t->text, ko_case_name(c, callee));
}

struct ko_attempts ko_attempts_of(const struct ko_case *c, uint32_t caller,
                                  uint32_t callee, struct ko_buckets span)
{
    struct ko_attempts a = {0};
    for (size_t i = 0; i < c->templates.n; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (!is_about(c, t, caller, callee))
            continue;
        bool again = ko_words_again(t->text);
        *(again ? &a.again : &a.first) += count_in(t, span);
        if (again && a.tpl == NULL)
            a.tpl = t;
    }
    return a;
}

double ko_attempts_factor(const struct ko_attempts *a)
{
    return a->again >= AGAIN_MIN && a->first > 0 ? 1 + a->again / a->first : (double)NAN;
}

/* Calls in a stretch, and those that as many requests usually make. */
struct growth {
    double calls, usual;
    double gain; /* log likelihood of KO_AMPLIFIED times the usual calls */
};

/* By bucket. */
struct said {
    double *first, *again;
    size_t n;
};

static enum ko_status collect(const struct ko_case *c, const struct ko_attempts_in *in,
                              struct ko_arena *scratch, struct said *ret)
{
    struct said s = {.n = (size_t)c->head.buckets};
    s.first = ko_arena_alloc(scratch, s.n + 1, sizeof *s.first);
    s.again = ko_arena_alloc(scratch, s.n + 1, sizeof *s.again);
    if (s.first == NULL || s.again == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < c->templates.n; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (!is_about(c, t, in->caller, in->callee))
            continue;
        double *into = ko_words_again(t->text) ? s.again : s.first;
        for (size_t b = 0; b < t->v.n && b < s.n; b++)
            into[b] += isnan(t->v.v[b]) ? 0 : t->v.v[b];
    }
    *ret = s;
    return KO_OK;
}

static double calls_made(const struct said *s, size_t bucket, double usual)
{
    double first = s->first[bucket];
    if (!(first > 0))
        return usual;
    double more = s->again[bucket] / first;
    if (!(more > 0))
        return usual + first;
    double failing = more <= 1 ? more : (sqrt(1 + 4 * more) - 1) / 2;
    return first / fmin(failing, 1) * (1 + more);
}

enum ko_status ko_attempts_growth(const struct ko_case *c,
                                  const struct ko_attempts_in *in,
                                  struct ko_arena *scratch, double *ret)
{
    struct said s;
    if (collect(c, in, scratch, &s) != KO_OK)
        return KO_ENOMEM;
    struct growth now = {0};
    struct growth best = {0};
    for (size_t i = in->begin; i < s.n && i < in->requests->v.n; i++) {
        if (!(in->requests->v.v[i] > 0))
            continue;
        double usual = in->usual * in->requests->v.v[i];
        now.calls += calls_made(&s, i, usual);
        now.usual += usual;
        now.gain = now.calls * log(KO_AMPLIFIED) - (KO_AMPLIFIED - 1) * now.usual;
        if (now.gain <= 0)
            now = (struct growth){0};
        else if (now.gain > best.gain)
            best = now;
    }
    *ret = best.gain > 0 ? best.calls / best.usual : (double)NAN;
    return KO_OK;
}
