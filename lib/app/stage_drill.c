/* stage_drill.c: the tool drill. */
#include "app/drill_files.h"
#include "app/run.h"
#include "app/stage.h"
#include "app/tool_drill.h"
#include "base/num.h"
#include "drill/drill.h"
#include "drill/score.h"
#include "drill/story.h"

enum { SERVICES_MIN = 2, DECOYS_MAX = 60, SKEW_MAX_S = 3600, SECONDS_MAX = 7 * 86400 };

/* The number of option ${id}, ${otherwise} when it was not given.  False when it is none
 * or not within 0..max. */
static bool number(struct ko_run *run, int id, const char *name, int64_t max,
                   int64_t otherwise, int64_t *ret)
{
    const char *text = ko_args_last(&run->args, id);
    *ret = otherwise;
    if (text == NULL)
        return true;
    if (ko_num_int(ko_str(text), ret) == KO_OK && *ret >= 0 && *ret <= max)
        return true;
    ko_run_usage(run, "--%s takes a number up to %lld, not '%s'", name, (long long)max,
                 text);
    return false;
}

static bool duration(struct ko_run *run, unsigned *ret_s)
{
    const char *text = ko_args_last(&run->args, KO_DRILL_OPT_DURATION);
    ko_dur d = 0;
    if (text == NULL)
        return true;
    if (ko_time_parse_dur(ko_str(text), &d) != KO_OK || d < 10 * KO_MINUTE ||
        d > SECONDS_MAX * KO_SECOND) {
        ko_run_usage(run, "--duration takes 10m to 7d, not '%s'", text);
        return false;
    }
    *ret_s = (unsigned)(d / KO_SECOND);
    return true;
}

static bool read_numbers(struct ko_run *run, struct ko_drill_options *opt)
{
    int64_t seed;
    int64_t services;
    int64_t skew;
    int64_t missing;
    int64_t decoys;
    if (!number(run, KO_DRILL_OPT_SEED, "seed", INT64_MAX, 1, &seed) ||
        !number(run, KO_DRILL_OPT_SERVICES, "services", KO_DRILL_NODES_MAX, 0,
                &services) ||
        !number(run, KO_DRILL_OPT_SKEW, "skew", SKEW_MAX_S, -1, &skew) ||
        !number(run, KO_DRILL_OPT_MISSING, "missing", 90, -1, &missing) ||
        !number(run, KO_DRILL_OPT_DECOYS, "decoys", DECOYS_MAX, -1, &decoys) ||
        !duration(run, &opt->duration_s))
        return false;
    if (services > 0 && services < SERVICES_MIN) {
        ko_run_usage(run, "--services takes %d or more", SERVICES_MIN);
        return false;
    }
    opt->seed = (uint64_t)seed;
    opt->services = (size_t)services;
    opt->skew_s = (int)skew;
    opt->missing_percent = (int)missing;
    opt->decoys = (int)decoys;
    return true;
}

static bool read_scenario(struct ko_run *run, struct ko_drill_options *opt)
{
    const char *name = ko_args_last(&run->args, KO_DRILL_OPT_SCENARIO);
    if (name == NULL) {
        ko_run_short_help(run);
        return false;
    }
    opt->scenario = ko_scenario_find(ko_str(name));
    if (opt->scenario == NULL)
        ko_run_usage(run, "no scenario '%s'; --list prints them", name);
    return opt->scenario != NULL;
}

static enum ko_status contain(struct ko_run *run, const struct ko_drill *d,
                              struct ko_buf *out, struct ko_err *err)
{
    struct ko_containments list = {0};
    double before = 0;
    double after = 0;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < run->args.given.n && st == KO_OK; i++) {
        if (run->args.given.v[i].id == KO_DRILL_OPT_CONTAIN)
            st = ko_contain_parse(&list, &d->platform, ko_str(run->args.given.v[i].value),
                                  err);
    }
    if (st == KO_OK)
        st = ko_drill_contained(d, &list, &before, &after, err);
    if (st == KO_OK)
        ko_drill_put_saving(before, after, out);
    ko_contain_release(&list);
    return st;
}

static enum ko_status work(struct ko_run *run, const struct ko_drill_options *opt,
                           struct ko_buf *out, struct ko_err *err)
{
    struct ko_drill d;
    const char *folder = ko_args_last(&run->args, KO_DRILL_OPT_OUT);
    enum ko_status st = ko_drill_run(opt, &d, err);
    if (st == KO_OK && folder != NULL)
        st = ko_drill_files(&d, folder, err);
    if (st == KO_OK && !run->quiet)
        ko_drill_put_story(&d, out);
    if (st == KO_OK && ko_args_has(&run->args, KO_DRILL_OPT_CONTAIN))
        st = contain(run, &d, out, err);
    ko_drill_release(&d);
    return st;
}

/* ${out} as the result, unless ${st} says that there is none. */
static void end(struct ko_run *run, enum ko_status st, const struct ko_err *err,
                const struct ko_buf *out)
{
    if (st == KO_OK)
        ko_run_write(run, out);
    else if (st == KO_ENOTFOUND)
        ko_run_usage(run, "%s", err->text);
    else
        ko_run_fail(run, st, err);
}

static void simulate(struct ko_run *run)
{
    struct ko_drill_options opt = {0};
    struct ko_err err = {0};
    const char *map = ko_args_last(&run->args, KO_DRILL_OPT_MAP);
    if (!read_scenario(run, &opt) || !read_numbers(run, &opt))
        return;
    struct ko_buf json;
    struct ko_buf out;
    ko_buf_init(&json, KO_BUF_MAX);
    ko_buf_init(&out, KO_BUF_MAX);
    if (map == NULL || ko_run_slurp(run, map, &json)) {
        opt.map = ko_buf_str(&json);
        opt.map_name = ko_str(map);
        enum ko_status st = work(run, &opt, &out, &err);
        end(run, st, &err, &out);
    }
    ko_buf_release(&out);
    ko_buf_release(&json);
}

static void compare(struct ko_run *run, const char *path)
{
    const char *truth = ko_args_last(&run->args, KO_DRILL_OPT_TRUTH);
    if (truth == NULL) {
        ko_run_usage(run, "--score needs --truth");
        return;
    }
    struct ko_buf a;
    struct ko_buf b;
    struct ko_buf out;
    ko_buf_init(&a, KO_BUF_MAX);
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_init(&out, KO_BUF_MAX);
    if (ko_run_slurp(run, path, &a) && ko_run_slurp(run, truth, &b)) {
        struct ko_err err = {0};
        struct ko_score s;
        enum ko_status st = ko_score_case(ko_buf_str(&a), ko_str(path), ko_buf_str(&b),
                                          ko_str(truth), &s, &err);
        if (st == KO_OK)
            ko_score_put(&s, &out);
        end(run, st, &err, &out);
    }
    ko_buf_release(&out);
    ko_buf_release(&b);
    ko_buf_release(&a);
}

static void list(struct ko_run *run)
{
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    for (const struct ko_scenario *s = ko_scenarios; s->name != NULL; s++)
        ko_buf_printf(&out, "%-32s %s\n", s->name, s->what);
    ko_run_write(run, &out);
    ko_buf_release(&out);
}

enum ko_exit ko_stage_drill(int argc, char **argv, const struct ko_io *io)
{
    struct ko_run run;
    if (ko_run_begin(&run, &ko_tool_drill, argc, argv, io)) {
        const char *score = ko_args_last(&run.args, KO_DRILL_OPT_SCORE);
        if (run.args.operands.n > 0)
            ko_run_usage(&run, "drill takes no operand; '%s' is one",
                         run.args.operands.v[0]);
        else if (ko_args_has(&run.args, KO_DRILL_OPT_LIST))
            list(&run);
        else if (score != NULL)
            compare(&run, score);
        else
            simulate(&run);
    }
    return ko_run_end(&run);
}
