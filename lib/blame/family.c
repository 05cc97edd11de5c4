/* family.c: how large the largest false alarm of a whole channel ordinarily is. */
#include "blame/family.h"

#include "base/stat.h"

#include <math.h>

static const double ORDINARY_PART = 0.9;

static size_t longest_healthy(const struct ko_case *c)
{
    size_t n = 0;
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (s->normal && s->v.n > n)
            n = s->v.n;
    }
    return n;
}

enum ko_status ko_family_init(const struct ko_scene *scene, struct ko_family *ret)
{
    const struct ko_cut *cut = &scene->cut;
    struct ko_family f = {.width = cut->to > cut->from ? cut->to - cut->from : 1};
    f.healthy = cut->before / f.width;
    f.n = f.healthy + longest_healthy(scene->c) / f.width;
    f.most = ko_arena_alloc(scene->scratch, f.n + 1, sizeof *f.most);
    if (f.most == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < f.n; i++)
        f.most[i] = NAN;
    *ret = f;
    return KO_OK;
}

static double deviation(const struct ko_baseline *b, double x)
{
    double r = ko_baseline_residual(b, x);
    return r > 0 ? r / b->worst_up : -r / b->worst_down;
}

/* Numbers before the first whole stretch are left out: the later ones are nearer. */
static void add_part(const struct ko_baseline *b, const double *v, size_t n, size_t width,
                     double *most, size_t stretches)
{
    size_t skip = n - n / width * width;
    for (size_t i = skip; i < n; i++) {
        size_t at = (i - skip) / width;
        if (!isnan(v[i]) && at < stretches)
            most[at] = fmax(most[at], deviation(b, v[i]));
    }
}

enum ko_status ko_family_add(struct ko_family *f, const struct ko_baseline_in *in,
                             struct ko_arena *scratch)
{
    struct ko_baseline b;
    if (f->n == 0)
        return KO_OK;
    enum ko_status st = ko_baseline_fit(in, scratch, &b);
    if (st != KO_OK || b.n == 0)
        return st;
    add_part(&b, in->v, in->before, f->width, f->most, f->healthy);
    if (in->normal != NULL)
        add_part(&b, in->normal, in->n_normal, f->width, f->most + f->healthy,
                 f->n - f->healthy);
    return KO_OK;
}

enum ko_status ko_family_divide(struct ko_family *f, ko_clues *clues, size_t from,
                                struct ko_arena *scratch)
{
    double *sorted = ko_arena_alloc(scratch, f->n + 1, sizeof *sorted);
    if (sorted == NULL)
        return KO_ENOMEM;
    size_t n = ko_stat_present(f->most, f->n, sorted);
    ko_stat_sort(sorted, n);
    double ordinary = n > 0 ? ko_stat_sorted_quantile(sorted, n, ORDINARY_PART) : 1;
    for (size_t i = from; i < clues->n; i++)
        clues->v[i].score /= fmax(1, ordinary);
    return KO_OK;
}
