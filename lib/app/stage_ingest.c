/* stage_ingest.c: the tool ingest. */
#include "app/ingest.h"
#include "app/run.h"
#include "app/stage.h"
#include "app/tools.h"
#include "case/stream.h"
#include "show/show.h"

static void write_rejects(struct ko_run *run, const struct ko_buf *rejects)
{
    const char *path = ko_args_last(&run->args, KO_OPT_REJECTS);
    if (path == NULL)
        return;
    enum ko_exit code = ko_io_write(run->io, path, rejects);
    if (code != KO_EXIT_DONE)
        run->code = code;
}

/* The case, or the account of --explain; without a usable export only the latter. */
static void write_result(struct ko_run *run, const struct ko_case *c)
{
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    bool explain = ko_args_has(&run->args, KO_OPT_EXPLAIN);
    if (explain)
        ko_show_explain(c, &run->show, run->io->out_tty && run->output == NULL, &out);
    else if (run->code != KO_EXIT_NO_INPUT)
        ko_stream_write(c, &out);
    if (explain || run->code != KO_EXIT_NO_INPUT)
        ko_run_write(run, &out);
    ko_buf_release(&out);
}

/* Exports into ${c}, or, where --partial asks for it, into ${part}. */
static bool read_exports(struct ko_run *run, struct ko_ingest *ing, struct ko_case *c,
                         struct ko_buf *part)
{
    struct ko_buf rejects;
    ko_buf_init(&rejects, KO_BUF_MAX);
    struct ko_buf *wanted = ko_args_has(&run->args, KO_OPT_REJECTS) ? &rejects : NULL;
    bool ok = ko_ingest_prepare(run, ing, NULL);
    if (ok)
        ok = part != NULL ? ko_ingest_partial(run, ing, wanted, part)
                          : ko_ingest_run(run, ing, wanted, c);
    if (ok)
        write_rejects(run, &rejects);
    ko_buf_release(&rejects);
    return ok;
}

/* A part is bytes, not text. */
static bool may_write_part(struct ko_run *run)
{
    if (!ko_args_has(&run->args, KO_OPT_PARTIAL) || run->output != NULL ||
        !run->io->out_tty)
        return true;
    ko_run_usage(run, "a part is not for a terminal: name a file with -o");
    return false;
}

static void ingest(struct ko_run *run)
{
    if (!may_write_part(run))
        return;
    struct ko_ingest ing;
    struct ko_buf bytes, *part;
    struct ko_case c;
    ko_case_init(&c);
    ko_buf_init(&bytes, KO_BUF_MAX);
    part = ko_args_has(&run->args, KO_OPT_PARTIAL) ? &bytes : NULL;
    bool ok = ko_args_has(&run->args, KO_OPT_MERGE) ? ko_ingest_merge(run, &ing, &c, part)
                                                    : read_exports(run, &ing, &c, part);
    if (ok && part != NULL)
        ko_run_write(run, part);
    else if (ok)
        write_result(run, &c);
    ko_ingest_release(&ing);
    ko_buf_release(&bytes);
    ko_case_release(&c);
}

enum ko_exit ko_stage_ingest(int argc, char **argv, const struct ko_io *io)
{
    struct ko_run run;
    if (ko_run_begin(&run, &ko_tool_ingest, argc, argv, io)) {
        if (run.args.operands.n == 0 && io->in_tty)
            ko_run_short_help(&run);
        else
            ingest(&run);
    }
    return ko_run_end(&run);
}
