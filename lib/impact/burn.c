/* burn.c: how fast the incident used up what a journey is allowed to fail. */
#include "impact/burn.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/num.h"
#include "impact/customers.h"
#include "impact/reply.h"

#include <math.h>

enum { TEXT_MAX_BYTES = 4096 };
/* Promises beyond these are none: as the map reader has it. */
static const double BUDGET_MIN = 1e-6, DAYS_MAX = 366;

static const char definition[] =
    "failed share of the journey's interactions over what its objective allows to fail; "
    "share = part of the budget of the objective's whole window that failed in the "
    "incident, at the healthy traffic; the rules are 14.4 over 1 h and 5 min, 6 over 6 h "
    "and 30 min, 1 over 3 d and 6 h";

static const struct ko_burn_rule rules[KO_BURN_LEVELS] = {
    [KO_BURN_PAGE_FAST] = {"page", 14.4, KO_HOUR, 5 * KO_MINUTE},
    [KO_BURN_PAGE] = {"page", 6, 6 * KO_HOUR, 30 * KO_MINUTE},
    [KO_BURN_TICKET] = {"ticket", 1, 3 * KO_DAY, 6 * KO_HOUR},
};

const struct ko_burn_rule *ko_burn_rule(enum ko_burn_level level)
{
    return &rules[level];
}

/* ---- the rules ---- */

/* Sums over the first i buckets, and what a bucket before the case is taken to hold. */
struct sums {
    double *total, *bad; /* n + 1 */
    int64_t n;
    double usual_total, usual_bad; /* NaN: no healthy time */
    double allowed;
};

static double number(const ko_nums *v, int64_t i)
{
    return (size_t)i < v->n && !isnan(v->v[i]) ? v->v[i] : 0;
}

static void sum_up(struct sums *s, const ko_nums *total, const ko_nums *bad)
{
    s->total[0] = s->bad[0] = 0;
    for (int64_t i = 0; i < s->n; i++) {
        s->total[i + 1] = s->total[i] + number(total, i);
        s->bad[i + 1] = s->bad[i] + number(bad, i);
    }
}

static void find_usual(struct sums *s, struct ko_span before)
{
    double n = (double)(before.to - before.from);
    double total = s->total[before.to] - s->total[before.from];
    bool healthy = n > 0 && total > 0;
    s->usual_total = healthy ? total / n : NAN;
    s->usual_bad = healthy ? (s->bad[before.to] - s->bad[before.from]) / n : NAN;
}

/* Of the ${length} buckets that end with bucket ${i}. */
static double burn_at(const struct sums *s, int64_t i, int64_t length)
{
    int64_t from = i + 1 - length;
    double outside = from < 0 ? (double)-from : 0;
    from = from < 0 ? 0 : from;
    double total = s->total[i + 1] - s->total[from];
    double bad = s->bad[i + 1] - s->bad[from];
    if (outside > 0) {
        total += outside * s->usual_total;
        bad += outside * s->usual_bad;
    }
    return total > 0 ? bad / total / s->allowed : 0;
}

static int64_t buckets_of(const struct ko_case *c, ko_dur d)
{
    int64_t n = (d + c->head.step / 2) / c->head.step;
    return n > 0 ? n : 1;
}

static void apply(const struct ko_case *c, const struct sums *s, int64_t start,
                  enum ko_burn_level level, struct ko_burn *b)
{
    int64_t over = buckets_of(c, rules[level].over);
    int64_t and_over = buckets_of(c, rules[level].and_over);
    b->fired[level] = KO_TIME_NONE;
    b->assumed[level] = over > s->n;
    b->unknown[level] = b->assumed[level] && isnan(s->usual_total);
    for (int64_t i = start; i < s->n && b->fired[level] == KO_TIME_NONE; i++) {
        if (burn_at(s, i, over) > rules[level].factor &&
            burn_at(s, i, and_over) > rules[level].factor)
            b->fired[level] = ko_case_time(c, i + 1);
    }
}

static double burn_in(const struct sums *s, struct ko_span span)
{
    double total = s->total[span.to] - s->total[span.from];
    return total > 0 ? (s->bad[span.to] - s->bad[span.from]) / total / s->allowed
                     : (double)NAN;
}

static double used_by(const struct ko_case *c, const struct sums *s, struct ko_span span,
                      double days)
{
    double window = days * (double)KO_DAY / (double)c->head.step;
    double usual = isnan(s->usual_total) ? s->total[s->n] / (double)s->n : s->usual_total;
    return (s->bad[span.to] - s->bad[span.from]) / (usual * window * s->allowed);
}

enum ko_status ko_burn_of(const struct ko_case *c, const struct ko_window *w,
                          const ko_nums *total, const ko_nums *bad,
                          const struct ko_journey *journey, struct ko_burn *ret)
{
    size_t n = (size_t)c->head.buckets + 1;
    double *room = ko_mem_alloc(2 * n, sizeof *room);
    if (room == NULL)
        return KO_ENOMEM;
    struct sums s = {.total = room,
                     .bad = room + n,
                     .n = c->head.buckets,
                     .allowed = 1 - journey->slo_target};
    sum_up(&s, total, bad);
    find_usual(&s, w->before);
    struct ko_burn x = {.before = burn_in(&s, w->before),
                        .during = burn_in(&s, w->during),
                        .after = burn_in(&s, w->after),
                        .used = used_by(c, &s, w->during, journey->slo_days)};
    for (int i = 0; i < KO_BURN_LEVELS; i++)
        apply(c, &s, w->during.from, (enum ko_burn_level)i, &x);
    ko_mem_free(room);
    if (isnan(x.during))
        return KO_ENOTFOUND;
    *ret = x;
    return KO_OK;
}

/* ---- in words ---- */

/* A rule that fired, or that nobody can tell of; the others are not mentioned. */
static bool say_rule(const struct ko_case *c, const struct ko_burn *x,
                     enum ko_burn_level level, struct ko_buf *b)
{
    const struct ko_burn_rule *r = &rules[level];
    bool fired = x->fired[level] != KO_TIME_NONE;
    if (!fired && !x->unknown[level])
        return false;
    ko_buf_printf(b, "; %s (", r->name);
    ko_num_human(b, r->factor);
    ko_buf_puts(b, " over ");
    ko_time_put_dur(b, r->over);
    ko_buf_puts(b, " and ");
    ko_time_put_dur(b, r->and_over);
    ko_buf_puts(b, fired ? ") at " : ") not known");
    if (fired)
        ko_time_put_clock(b, x->fired[level]);
    if (!x->assumed[level])
        return true;
    ko_buf_puts(b, fired ? ", if it was healthy before these " : ": only ");
    ko_time_put_dur(b, c->head.buckets * c->head.step);
    ko_buf_puts(b, fired ? "" : " of exports, without a healthy time");
    return true;
}

static void say_burn(const struct ko_case *c, const struct ko_journey *j,
                     const struct ko_burn *x, struct ko_buf *b)
{
    ko_buf_printf(b, "%.*s: error budget of ", KO_ARG(j->name));
    ko_num_human(b, j->slo_target * 100);
    ko_buf_puts(b, "% over ");
    ko_time_put_dur(b, (ko_dur)llround(j->slo_days * (double)KO_DAY));
    ko_buf_puts(b, " burnt ");
    ko_num_human(b, x->during);
    ko_buf_puts(b, " times as fast as allowed");
    if (!isnan(x->before)) {
        ko_buf_puts(b, " (was ");
        ko_num_human(b, x->before);
        ko_buf_putc(b, ')');
    }
    ko_buf_puts(b, ", ");
    ko_say_amount(b, x->used, KO_STR("ratio"));
    ko_buf_puts(b, " of it used");
    bool any = false;
    for (int i = 0; i < KO_BURN_LEVELS; i++)
        any |= say_rule(c, x, (enum ko_burn_level)i, b);
    if (!any)
        ko_buf_puts(b, "; no burn-rate alert within these exports");
}

static enum ko_status add_burn(struct ko_case *c, const struct ko_journey *j,
                               const struct ko_burn *x)
{
    struct ko_buf b;
    struct ko_str text, evidence;
    ko_buf_init(&b, TEXT_MAX_BYTES);
    say_burn(c, j, x, &b);
    enum ko_status st = ko_say_keep(c, &b, &text);
    ko_buf_release(&b);
    uint32_t entrance = j->steps.n > 0 ? j->steps.v[0].entity : KO_NO_ENTITY;
    double allowed = 1 - j->slo_target;
    if (st == KO_OK)
        st = ko_say_failing(c, entrance, text, x->before * allowed, x->during * allowed,
                            &evidence);
    struct ko_impact *m = st == KO_OK ? ko_case_add(c, "impact") : NULL;
    if (m == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    m->measure = KO_STR("error budget burn");
    m->dim = KO_STR("journey");
    m->value = j->name;
    m->unit = KO_STR("1");
    m->before = x->before;
    m->during = x->during;
    m->after = x->after;
    m->share = x->used;
    m->text = text;
    m->definition = ko_str(definition);
    m->evidence = evidence;
    return KO_OK;
}

/* ---- the interactions of a journey ---- */

struct counts {
    const ko_nums *total, *bad;
};

static const ko_nums *series_of(const struct ko_case *c, uint32_t entity,
                                const char *signal)
{
    for (size_t i = 0; i < c->series.n; i++) {
        const struct ko_series *s = &c->series.v[i];
        if (!s->normal && s->caller == KO_NO_ENTITY && s->entity == entity &&
            ko_str_eq(s->signal, ko_str(signal)))
            return &s->v;
    }
    return NULL;
}

static struct counts counts_of(const struct ko_case *c, const struct ko_journey *j)
{
    for (size_t i = 0; i < c->groups.n; i++) {
        const struct ko_group *g = &c->groups.v[i];
        if (ko_str_eq(g->dim, KO_STR("journey")) && ko_str_eq(g->value, j->name))
            return (struct counts){&g->total, &g->bad};
    }
    struct counts n = {NULL, NULL};
    if (j->steps.n > 0 && j->steps.v[0].entity != KO_NO_ENTITY)
        n = (struct counts){series_of(c, j->steps.v[0].entity, "requests"),
                            series_of(c, j->steps.v[0].entity, "errors")};
    const struct ko_group *all = c->journeys.n == 1 ? ko_customers_group(c) : NULL;
    if ((n.total == NULL || n.bad == NULL) && all != NULL)
        return (struct counts){&all->total, &all->bad};
    return n;
}

static enum ko_status add_unknown(struct ko_case *c, const struct ko_journey *j)
{
    struct ko_str what;
    enum ko_status st = ko_case_print(c, &what, "error budget of %.*s", KO_ARG(j->name));
    return st == KO_OK
               ? ko_say_unknown(c, what,
                                KO_STR("interactions with outcome at its first step"))
               : st;
}

/* The bounds of the map: a case may come from anywhere. */
static bool is_promised(const struct ko_journey *j)
{
    return j->slo_target > 0 && 1 - j->slo_target >= BUDGET_MIN && j->slo_days > 0 &&
           j->slo_days <= DAYS_MAX;
}

enum ko_status ko_burn_run(struct ko_case *c, const struct ko_window *w)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->journeys.n && st == KO_OK; i++) {
        const struct ko_journey *j = &c->journeys.v[i];
        struct ko_burn b;
        if (!is_promised(j))
            continue;
        struct counts n = counts_of(c, j);
        bool known = n.total != NULL && n.bad != NULL;
        st = known ? ko_burn_of(c, w, n.total, n.bad, j, &b) : KO_ENOTFOUND;
        if (st == KO_OK)
            st = add_burn(c, j, &b);
        else if (st == KO_ENOTFOUND)
            st = add_unknown(c, j);
    }
    return st;
}
