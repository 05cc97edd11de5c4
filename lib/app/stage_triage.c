/* stage_triage.c: the tool triage. */
#include "app/ingest.h"
#include "app/past.h"
#include "app/pipeline.h"
#include "app/run.h"
#include "app/session.h"
#include "app/stage.h"
#include "app/tools.h"
#include "case/stream.h"

/* Exports become the stream that ingest would have written. */
static bool ingest(struct ko_run *run, const struct ko_buf *stdin_bytes,
                   struct ko_buf *out)
{
    struct ko_ingest ing;
    struct ko_case c;
    ko_case_init(&c);
    bool ok = ko_ingest_prepare(run, &ing, stdin_bytes) &&
              ko_ingest_run(run, &ing, NULL, &c) && run->code != KO_EXIT_NO_INPUT;
    if (ok)
        ko_stream_write(&c, out);
    ko_ingest_release(&ing);
    ko_case_release(&c);
    return ok;
}

/* The stream to look at, and what to call it in messages. */
static bool get_stream(struct ko_run *run, struct ko_buf *out, struct ko_str *ret_source)
{
    const struct ko_args *args = &run->args;
    *ret_source = KO_STR("-");
    if (args->operands.n == 1 && ko_past_is_case(args->operands.v[0])) {
        *ret_source = ko_str(args->operands.v[0]);
        return ko_run_slurp(run, args->operands.v[0], out);
    }
    if (args->operands.n != 0)
        return ingest(run, NULL, out);
    struct ko_buf bytes;
    ko_buf_init(&bytes, KO_BUF_MAX);
    bool ok = ko_run_slurp(run, NULL, &bytes);
    if (ok && ko_past_begins(ko_buf_str(&bytes)))
        ko_buf_put(out, ko_buf_str(&bytes));
    else if (ok)
        ok = ingest(run, &bytes, out);
    ko_buf_release(&bytes);
    return ok;
}

static bool uses_stdin(const struct ko_args *args)
{
    for (size_t i = 0; i < args->operands.n; i++)
        if (ko_str_eq(ko_str(args->operands.v[i]), KO_STR("-")))
            return true;
    return args->operands.n == 0;
}

static void triage(struct ko_run *run, const struct ko_pasts *past)
{
    struct ko_err err = {0};
    struct ko_buf stream, finished;
    struct ko_str source;
    struct ko_case c;
    ko_case_init(&c);
    ko_buf_init(&stream, KO_BUF_MAX);
    ko_buf_init(&finished, KO_BUF_MAX);
    if (get_stream(run, &stream, &source)) {
        enum ko_status st =
            ko_pipeline_run(ko_buf_str(&stream), source, past, &finished, &err);
        if (st == KO_OK)
            st = ko_stream_read(&c, ko_buf_str(&finished), source, &err);
        if (st == KO_OK)
            ko_session_run(run, &c, uses_stdin(&run->args));
        else
            ko_run_fail(run, st, &err);
    }
    ko_case_release(&c);
    ko_buf_release(&stream);
    ko_buf_release(&finished);
}

enum ko_exit ko_stage_triage(int argc, char **argv, const struct ko_io *io)
{
    struct ko_run run;
    struct ko_pasts past = {0};
    if (ko_run_begin(&run, &ko_tool_triage, argc, argv, io)) {
        if (run.args.operands.n == 0 && io->in_tty)
            ko_run_short_help(&run);
        else if (ko_past_read(&run, &past))
            triage(&run, ko_args_has(&run.args, KO_OPT_PAST) ? &past : NULL);
    }
    ko_past_release(&past);
    return ko_run_end(&run);
}
