/* stage_report.c: the tool report. */
#include "app/run.h"
#include "app/stage.h"
#include "app/tools.h"
#include "case/stream.h"

/* The format of -f, else the one that the ending of -o's file names, else text. */
static const char *choose_format(const struct ko_run *run)
{
    const char *asked = ko_args_last(&run->args, KO_OPT_REPORT_FORMAT);
    if (asked != NULL)
        return asked;
    struct ko_str path = ko_str(run->output);
    size_t dot;
    if (ko_str_rchr(path, '.', &dot))
        for (const struct ko_show_format *f = ko_show_formats; f->name != NULL; f++)
            if (ko_str_eq(ko_str_skip(path, dot + 1), ko_str(f->name)))
                return f->name;
    return "text";
}

static void show(struct ko_run *run, struct ko_str in, const char *path)
{
    struct ko_err err = {0};
    struct ko_case c;
    struct ko_buf out;
    ko_case_init(&c);
    ko_buf_init(&out, KO_BUF_MAX);
    enum ko_status st = ko_stream_read(&c, in, ko_str(path != NULL ? path : "-"), &err);
    if (st == KO_OK)
        st = ko_show(&c, choose_format(run), &run->show, &out, &err);
    if (st == KO_OK)
        ko_run_write(run, &out);
    else
        ko_run_fail(run, st, &err);
    ko_buf_release(&out);
    ko_case_release(&c);
}

enum ko_exit ko_stage_report(int argc, char **argv, const struct ko_io *io)
{
    struct ko_run run;
    const char *path;
    if (ko_run_begin(&run, &ko_tool_report, argc, argv, io) &&
        ko_run_one_case(&run, &path)) {
        struct ko_buf in;
        ko_buf_init(&in, KO_BUF_MAX);
        if (ko_run_slurp(&run, path, &in))
            show(&run, ko_buf_str(&in), path);
        ko_buf_release(&in);
    }
    return ko_run_end(&run);
}
