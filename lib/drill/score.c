/* score.c: how much of the truth a case tells. */
#include "drill/score.h"

#include "base/num.h"
#include "base/stat.h"
#include "drill/told.h"

#include <math.h>

static bool listed(const struct ko_str *v, size_t n, struct ko_str name)
{
    for (size_t i = 0; i < n; i++) {
        if (ko_str_eq(v[i], name))
            return true;
    }
    return false;
}

static bool is_origin(const struct ko_told *truth, struct ko_str name)
{
    return listed(truth->origins.v, truth->origins.n, name);
}

static void score_nodes(const struct ko_told *is, const struct ko_told *said,
                        struct ko_score *s)
{
    s->nodes.truth = is->nodes.n;
    for (size_t i = 0; i < said->nodes.n; i++) {
        struct ko_str name = said->nodes.v[i].name;
        bool right = ko_told_node(is, name) != NULL;
        s->nodes.right += right;
        s->nodes.claimed += right || !listed(is->bystanders.v, is->bystanders.n, name);
    }
}

/* A claim that is neither right nor wrong: trouble running back along an amplifier. */
static bool along_amplifier(const struct ko_told *is, const struct ko_told_edge *e)
{
    return ko_told_amplifier(is, e->from, e->to) != NULL &&
           ko_told_node(is, e->from) != NULL && ko_told_node(is, e->to) != NULL;
}

static bool of_bystander(const struct ko_told *is, const struct ko_told_edge *e)
{
    return listed(is->bystanders.v, is->bystanders.n, e->to) ||
           listed(is->bystanders.v, is->bystanders.n, e->from);
}

static void score_edges(const struct ko_told *is, const struct ko_told *said,
                        struct ko_score *s)
{
    s->edges.truth = is->edges.n;
    for (size_t i = 0; i < said->edges.n; i++) {
        const struct ko_told_edge *e = &said->edges.v[i];
        const struct ko_told_edge *same = ko_told_edge(is, e->from, e->to);
        bool turned = same == NULL && ko_told_edge(is, e->to, e->from) != NULL;
        s->edges.right += same != NULL;
        s->joined += same != NULL;
        s->joined_right += same != NULL;
        if (same != NULL)
            s->mechanisms_right += ko_str_eq(same->mechanism, e->mechanism);
        if (same == NULL && (along_amplifier(is, e) || of_bystander(is, e)))
            continue;
        s->joined += turned;
        s->edges.claimed++;
    }
}

static void score_amplifiers(const struct ko_told *is, const struct ko_told *said,
                             struct ko_score *s)
{
    double sum = 0;
    size_t n = 0;
    s->amplifiers.truth = is->amplifiers.n;
    s->amplifiers.claimed = said->amplifiers.n;
    for (size_t i = 0; i < said->amplifiers.n; i++) {
        const struct ko_told_amplifier *a = &said->amplifiers.v[i];
        const struct ko_told_amplifier *b = ko_told_amplifier(is, a->caller, a->callee);
        if (b == NULL)
            continue;
        s->amplifiers.right++;
        if (isnan(a->factor) || isnan(b->factor))
            continue;
        sum += fabs(a->factor - b->factor) / b->factor;
        n++;
    }
    s->factor_error = n > 0 ? sum / (double)n : (double)NAN;
}

/* Onsets closer than the step of the exported metrics have no order that anyone could
 * see. */
static const double APART_S = 10;

/* Pairs in the same order less pairs in the other, over the geometric mean of the pairs
 * that are no ties. */
static double kendall(const double *x, const double *y, size_t n)
{
    double balance = 0;
    double in_x = 0;
    double in_y = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = i + 1; k < n; k++) {
            double a = x[i] - x[k];
            double b = y[i] - y[k];
            if (fabs(a) < APART_S)
                continue;
            bool a_tied = !(a < 0) && !(a > 0);
            bool b_tied = !(b < 0) && !(b > 0);
            in_x += !a_tied;
            in_y += !b_tied;
            if (!a_tied && !b_tied)
                balance += (a > 0) == (b > 0) ? 1 : -1;
        }
    }
    return in_x > 0 && in_y > 0 ? balance / sqrt(in_x * in_y) : (double)NAN;
}

static enum ko_status score_order(const struct ko_told *is, struct ko_told *said,
                                  struct ko_score *s)
{
    size_t room = is->nodes.n + 1;
    double *v = ko_arena_alloc(&said->arena, 4 * room, sizeof *v);
    if (v == NULL)
        return KO_ENOMEM;
    double *x = v;
    double *y = v + room;
    double *gap = v + 2 * room;
    size_t n = 0;
    s->onset_error_s = NAN;
    for (size_t i = 0; i < is->nodes.n; i++) {
        const struct ko_told_node *a = &is->nodes.v[i];
        const struct ko_told_node *b = ko_told_node(said, a->name);
        if (b == NULL || isnan(b->at_s))
            continue;
        x[n] = a->at_s;
        y[n] = b->at_s;
        gap[n] = fabs(b->at_s - a->at_s);
        if (is_origin(is, a->name) && !(gap[n] >= s->onset_error_s))
            s->onset_error_s = gap[n];
        n++;
    }
    s->tau_b = kendall(x, y, n);
    s->onset_error_median_s = ko_stat_median(gap, n, v + 3 * room);
    return KO_OK;
}

static void score_origin(const struct ko_told *is, const struct ko_told *said,
                         struct ko_score *s)
{
    s->has_origin = is->origins.n > 0;
    for (size_t i = 0; i < said->origins.n && s->origin_rank == 0; i++) {
        if (is_origin(is, said->origins.v[i]))
            s->origin_rank = i + 1;
    }
    s->change_right = is->changes.n == 0 ? said->changes.n == 0 : false;
    for (size_t i = 0; i < is->changes.n; i++) {
        if (said->changes.n == 1 && ko_str_eq(said->changes.v[0], is->changes.v[i]))
            s->change_right = true;
    }
}

static enum ko_status score_all(const struct ko_told *is, struct ko_told *said,
                                struct ko_score *s)
{
    score_nodes(is, said, s);
    score_edges(is, said, s);
    score_amplifiers(is, said, s);
    score_origin(is, said, s);
    s->chains = said->chains;
    s->metastable = is->metastable;
    s->metastable_said = said->metastable;
    s->bucket_s = said->bucket_s;
    return score_order(is, said, s);
}

enum ko_status ko_score_case(struct ko_str stream, struct ko_str stream_name,
                             struct ko_str truth, struct ko_str truth_name,
                             struct ko_score *ret, struct ko_err *err)
{
    struct ko_told is;
    struct ko_told said = {0};
    struct ko_score s = {0};
    enum ko_status st = ko_told_truth(truth, truth_name, &is, err);
    if (st == KO_OK)
        st = ko_told_case(stream, stream_name, &said, err);
    if (st == KO_OK && score_all(&is, &said, &s) != KO_OK)
        st = ko_err_nomem(err);
    if (st == KO_OK)
        *ret = s;
    ko_told_release(&said);
    ko_told_release(&is);
    return st;
}
