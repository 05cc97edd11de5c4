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

struct ko_attempts ko_attempts_of(const struct ko_case *c, uint32_t caller,
                                  uint32_t callee, struct ko_buckets span)
{
    struct ko_attempts a = {0};
    for (size_t i = 0; i < c->templates.n; i++) {
        const struct ko_template *t = &c->templates.v[i];
        if (t->entity != caller || t->normal || !ko_words_trouble(t) ||
            !ko_words_name(t->text, ko_case_name(c, callee)))
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
