/* stage_recover.c: the tool recover. */
#include "app/ingest.h"
#include "app/ingest_options.h"
#include "app/recover_lists.h"
#include "app/recover_read.h"
#include "app/run.h"
#include "app/stage.h"
#include "app/tool_recover.h"
#include "app/tools.h"
#include "case/stream.h"
#include "impact/window.h"
#include "recover/check.h"

static bool is_dash(const char *path)
{
    return ko_str_eq(ko_str(path), KO_STR("-"));
}

static bool reads_stdin(const struct ko_args *args)
{
    for (size_t i = 0; i < args->operands.n; i++) {
        if (is_dash(args->operands.v[i]))
            return true;
    }
    return false;
}

/* What cannot go together.  False, with the reason said. */
static bool is_sound(struct ko_run *run)
{
    const struct ko_args *args = &run->args;
    const char *path = ko_args_last(args, KO_RECOVER_OPT_CASE);
    bool check = ko_args_has(args, KO_RECOVER_OPT_CHECK);
    bool lists = ko_args_has(args, KO_RECOVER_OPT_LIST) ||
                 ko_args_has(args, KO_RECOVER_OPT_INTO) ||
                 ko_args_has(args, KO_RECOVER_OPT_IDS);
    if (path == NULL)
        ko_run_usage(run, "--case CASE is needed: the case of the incident");
    else if (args->operands.n == 0)
        ko_run_usage(run, "no exports are named");
    else if (is_dash(path) && reads_stdin(args))
        ko_run_usage(run, "case and exports cannot both come from standard input");
    else if (check && lists)
        ko_run_usage(run, "--check writes no lists");
    else if (ko_args_has(args, KO_RECOVER_OPT_LIST) &&
             ko_args_has(args, KO_RECOVER_OPT_STREAM))
        ko_run_usage(run, "--list and --stream both want standard output");
    else
        return true;
    return false;
}

/* The time of option ${id}, ${otherwise} if it was not given. */
static bool get_time(struct ko_run *run, int id, const char *name, ko_time otherwise,
                     ko_time *ret)
{
    const char *text = ko_args_last(&run->args, id);
    *ret = otherwise;
    if (text == NULL || ko_ingest_time(text, ret))
        return true;
    ko_run_usage(run, "--%s takes a date and time, not '%s'", name, text);
    return false;
}

/* From when to when customers were touched. */
static bool get_incident(struct ko_run *run, const struct ko_case *c, ko_time *ret_from,
                         ko_time *ret_to)
{
    struct ko_window w = {.start = KO_TIME_NONE, .end = KO_TIME_NONE};
    (void)ko_window_find(c, &w);
    if (!get_time(run, KO_RECOVER_OPT_SINCE, "since", w.start, ret_from) ||
        !get_time(run, KO_RECOVER_OPT_UNTIL, "until", w.end, ret_to))
        return false;
    if (*ret_from != KO_TIME_NONE)
        return true;
    ko_io_say(run->io, "the case holds no incident: run it through correlate and blame, "
                       "or say --since and --until");
    run->code = KO_EXIT_NO_INPUT;
    return false;
}

static void work_off(struct ko_run *run, struct ko_ingest *ing, struct ko_case *c)
{
    ko_time from, to;
    struct ko_gather g;
    if (!get_incident(run, c, &from, &to))
        return;
    ko_gather_init(&g, from, to);
    if (ko_recover_read(run, ing, c, &g) && run->code != KO_EXIT_NO_INPUT)
        (void)ko_recover_lists(run, ing, c, &g);
    ko_gather_release(&g);
}

static void put_check(struct ko_run *run, const struct ko_case *c)
{
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    if (ko_args_has(&run->args, KO_RECOVER_OPT_STREAM))
        ko_stream_write(c, &out);
    else
        ko_check_put(c, &out);
    ko_run_write(run, &out);
    ko_buf_release(&out);
}

static void check(struct ko_run *run, struct ko_ingest *ing, struct ko_case *c)
{
    struct ko_case now;
    bool back = false;
    if (ing->reduce.step == 0)
        ing->reduce.step = c->head.step;
    ko_case_init(&now);
    if (ko_ingest_run(run, ing, NULL, &now) && run->code != KO_EXIT_NO_INPUT) {
        struct ko_err err = {0};
        enum ko_status st = ko_check_run(c, &now, &back);
        if (st == KO_OK)
            put_check(run, c);
        else
            ko_run_fail(run, ko_err_nomem(&err), &err);
        if (run->code == KO_EXIT_DONE && !back &&
            ko_args_has(&run->args, KO_RECOVER_OPT_EXIT_STATUS))
            run->code = KO_EXIT_NOTHING;
    }
    ko_case_release(&now);
}

static void with_exports(struct ko_run *run, struct ko_case *c)
{
    struct ko_ingest ing;
    struct ko_buf bytes;
    bool piped = reads_stdin(&run->args);
    ko_buf_init(&bytes, KO_BUF_MAX);
    if (!piped || ko_run_slurp(run, NULL, &bytes)) {
        if (ko_ingest_prepare(run, &ing, piped ? &bytes : NULL)) {
            if (ko_args_has(&run->args, KO_RECOVER_OPT_CHECK))
                check(run, &ing, c);
            else
                work_off(run, &ing, c);
        }
        ko_ingest_release(&ing);
    }
    ko_buf_release(&bytes);
}

static void recover(struct ko_run *run)
{
    const char *path = ko_args_last(&run->args, KO_RECOVER_OPT_CASE);
    struct ko_err err = {0};
    struct ko_case c;
    struct ko_buf in;
    ko_case_init(&c);
    ko_buf_init(&in, KO_BUF_MAX);
    if (ko_run_slurp(run, path, &in)) {
        enum ko_status st = ko_stream_read(&c, ko_buf_str(&in), ko_str(path), &err);
        if (st == KO_OK)
            with_exports(run, &c);
        else
            ko_run_fail(run, st, &err);
    }
    ko_buf_release(&in);
    ko_case_release(&c);
}

enum ko_exit ko_stage_recover(int argc, char **argv, const struct ko_io *io)
{
    struct ko_run run;
    if (ko_run_begin(&run, &ko_tool_recover, argc, argv, io) && is_sound(&run))
        recover(&run);
    return ko_run_end(&run);
}
