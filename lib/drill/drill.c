/* drill.c: an incident whose truth is known: from options to the truth. */
#include "drill/aftermath.h"

enum { DURATION_S = 3600, DURATION_MIN_S = 600 };

/* 2026-03-02T08:00:00Z, a Monday; drills happen nowhere, so the day does not matter. */
static const ko_time DAY = INT64_C(1772438400) * KO_SECOND;

const struct ko_drill_export ko_drill_exports[] = {
    {"map.json", ko_drill_put_map},
    {"metrics/platform.csv", ko_drill_put_metrics},
    {"traces/spans.csv", ko_drill_put_traces},
    {"logs/platform.jsonl", ko_drill_put_logs},
    {"contacts/contacts.csv", ko_drill_put_contacts},
    {"payments/payments.csv", ko_drill_put_payments},
    {"cases/cases.csv", ko_drill_put_cases},
    {"callbacks/callbacks.csv", ko_drill_put_callbacks},
    {"bot/answers.csv", ko_drill_put_answers},
    {"changes/changes.csv", ko_drill_put_changes},
    {"incidents/pages.csv", ko_drill_put_incidents},
    {"truth.json", ko_drill_put_truth},
    {NULL, NULL}};

ko_time ko_drill_time(double second)
{
    return DAY + (int64_t)(second * 1000) * KO_MS;
}

static void fill_in(struct ko_drill_options *o)
{
    const struct ko_scenario *s = o->scenario;
    if (o->duration_s == 0)
        o->duration_s = s->duration_s > 0 ? s->duration_s : DURATION_S;
    if (o->duration_s < DURATION_MIN_S)
        o->duration_s = DURATION_MIN_S;
    if (o->skew_s < 0)
        o->skew_s = (int)s->skew_s;
    if (o->missing_percent < 0)
        o->missing_percent = (int)s->missing_percent;
    if (o->decoys < 0)
        o->decoys = (int)s->decoys;
}

static enum ko_status build(struct ko_drill *d, struct ko_err *err)
{
    const struct ko_drill_options *o = &d->opt;
    ko_platform_init(&d->platform);
    if (o->map.n > 0)
        return ko_platform_read(&d->platform, o->map, o->map_name, o->seed, err);
    return ko_platform_make(&d->platform, o->services, o->seed, err);
}

enum ko_status ko_drill_run(const struct ko_drill_options *opt, struct ko_drill *ret,
                            struct ko_err *err)
{
    *ret = (struct ko_drill){.opt = *opt};
    struct ko_drill_options *o = &ret->opt;
    fill_in(o);
    enum ko_status st = build(ret, err);
    if (st == KO_OK) {
        st =
            ko_plan_make(o->scenario, &ret->platform, o->seed, o->duration_s, &ret->plan);
        if (st != KO_OK)
            (void)ko_err_set(err, st, "nothing on this platform could fail as '%s' does",
                             o->scenario->name);
    }
    if (st == KO_OK)
        st =
            ko_model_run(&ret->platform, &ret->plan, true, NULL, o->seed, &ret->run, err);
    if (st == KO_OK && ret->plan.n > 0)
        st = ko_model_run(&ret->platform, &ret->plan, false, NULL, o->seed, &ret->twin,
                          err);
    if (st == KO_OK && ret->plan.n > 0) {
        st =
            ko_truth_find(&ret->platform, &ret->plan, &ret->run, &ret->twin, &ret->truth);
        if (st != KO_OK)
            (void)ko_err_nomem(err);
    }
    return st;
}

void ko_drill_release(struct ko_drill *d)
{
    ko_truth_release(&d->truth);
    ko_flow_release(&d->twin);
    ko_flow_release(&d->run);
    ko_platform_release(&d->platform);
    *d = (struct ko_drill){0};
}

static double badly_served(const struct ko_drill *d, const struct ko_flow *run)
{
    double sum = 0;
    for (size_t t = d->plan.start_s; d->twin.seconds > 0 && t < run->seconds; t++) {
        for (size_t r = 0; r < KO_DRILL_REGIONS; r++) {
            for (size_t i = 0; i < run->n_nodes; i++)
                sum += ko_flow_node(run, t, r, i)->bad -
                       ko_flow_node(&d->twin, t, r, i)->bad;
        }
    }
    return sum;
}

enum ko_status ko_drill_contained(const struct ko_drill *d,
                                  const struct ko_containments *contain,
                                  double *ret_before, double *ret_after,
                                  struct ko_err *err)
{
    struct ko_flow again;
    enum ko_status st =
        ko_model_run(&d->platform, &d->plan, true, contain, d->opt.seed, &again, err);
    if (st != KO_OK)
        return st;
    *ret_before = badly_served(d, &d->run);
    *ret_after = badly_served(d, &again);
    ko_flow_release(&again);
    return KO_OK;
}
