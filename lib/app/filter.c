/* filter.c: a stage between two case streams: read, forget its earlier findings, run,
 * write. */
#include "app/filter.h"

#include "blame/blame.h"
#include "case/stream.h"
#include "impact/answer.h"
#include "impact/impact.h"
#include "impact/past.h"
#include "spread/spread.h"

static enum ko_status
run_correlate(struct ko_case *c, const struct ko_filter_options *opt, struct ko_err *err)
{
    (void)opt;
    return ko_spread_run(c, NULL, err);
}

static bool found_onset(const struct ko_case *c)
{
    return c->onsets.n != 0;
}

/* Impacts need the suspects, answers need both. */
static enum ko_status run_blame(struct ko_case *c, const struct ko_filter_options *opt,
                                struct ko_err *err)
{
    struct ko_blame_options blame = {.top = opt->top};
    enum ko_status st = ko_blame_run(c, &blame, err);
    if (st == KO_OK)
        st = ko_impact_run(c, err);
    if (st == KO_OK && ko_past_run(c, opt->past) != KO_OK)
        st = ko_err_nomem(err);
    if (st == KO_OK)
        st = ko_answer_run(c, err);
    return st;
}

static bool found_suspect(const struct ko_case *c)
{
    for (size_t i = 0; i < c->suspects.n; i++)
        if (ko_str_eq(c->suspects.v[i].verdict, KO_STR("likely")) ||
            ko_str_eq(c->suspects.v[i].verdict, KO_STR("possible")))
            return true;
    return false;
}

const struct ko_filter ko_filter_correlate = {KO_STAGE_CORRELATE, run_correlate,
                                              found_onset};
const struct ko_filter ko_filter_blame = {KO_STAGE_BLAME, run_blame, found_suspect};

enum ko_status ko_filter_apply(const struct ko_filter *f, struct ko_str in,
                               struct ko_str source, const struct ko_filter_options *opt,
                               struct ko_buf *out, bool *ret_found, struct ko_err *err)
{
    struct ko_case c;
    ko_case_init(&c);
    enum ko_status st = ko_stream_read(&c, in, source, err);
    if (st != KO_OK)
        goto done;
    ko_case_drop_stage(&c, f->stage);
    st = f->run(&c, opt, err);
    if (st != KO_OK)
        goto done;
    ko_stream_write(&c, out);
    st = out->status;
    if (st != KO_OK)
        (void)ko_err_set(err, st, "out of memory");
    else if (ret_found != NULL)
        *ret_found = f->found(&c);
done:
    ko_case_release(&c);
    return st;
}
