/* run.c: what every tool does before and after its own work. */
#include "app/run.h"

#include "app/completion.h"
#include "app/help.h"
#include "app/lines.h"
#include "app/tools.h"
#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>

enum { USAGE_BYTES = 512 };

static bool is(const char *a, const char *b)
{
    return a != NULL && ko_str_eq(ko_str(a), ko_str(b));
}

static void choose_look(struct ko_run *run)
{
    const struct ko_io *io = run->io;
    const char *when = ko_args_last(&run->args, KO_OPT_COLOR);
    bool to_terminal = io->out_tty && run->output == NULL;
    bool refused = ko_str(io->env.no_color).n != 0 || is(io->env.term, "dumb");
    run->show.colour =
        is(when, "always") || (!is(when, "never") && to_terminal && !refused);
    run->show.ascii =
        ko_args_has(&run->args, KO_OPT_ASCII) || (to_terminal && !io->env.utf8);
    run->show.width = to_terminal ? io->width : 0;
}

/* The options that answer by themselves.  Returns: true when one was given. */
static bool answer_itself(struct ko_run *run, struct ko_buf *out)
{
    const char *program = run->io->program;
    const struct ko_line_ui *lines = run->io->lines;
    if (ko_args_has(&run->args, KO_OPT_HELP))
        ko_help_put(out, run->tool, program);
    else if (ko_args_has(&run->args, KO_OPT_VERSION))
        ko_help_put_version(out, program, lines != NULL ? lines->version : NULL);
    else if (ko_args_has(&run->args, KO_OPT_DUMP_OPTIONS))
        ko_help_put_table(out, run->tool);
    else
        return ko_completion_put(out, run->tool, program,
                                 ko_str(ko_args_last(&run->args, KO_OPT_COMPLETION)));
    return true;
}

bool ko_run_begin(struct ko_run *run, const struct ko_tool *tool, int argc, char **argv,
                  const struct ko_io *io)
{
    *run = (struct ko_run){.io = io, .tool = tool};
    struct ko_err err = {0};
    enum ko_status st = ko_args_parse(&run->args, tool, argc, argv, &err);
    if (st == KO_EUNSUPPORTED)
        ko_run_usage(run, "%s", err.text);
    else if (st != KO_OK)
        ko_run_fail(run, st, &err);
    if (st != KO_OK)
        return false;
    run->output = ko_args_last(&run->args, KO_OPT_OUTPUT);
    run->quiet = ko_args_has(&run->args, KO_OPT_QUIET);
    run->verbose = ko_args_has(&run->args, KO_OPT_VERBOSE);
    choose_look(run);
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    bool answered = answer_itself(run, &out);
    if (answered)
        ko_run_write(run, &out);
    ko_buf_release(&out);
    return !answered;
}

enum ko_exit ko_run_end(struct ko_run *run)
{
    ko_args_release(&run->args);
    return run->code;
}

void ko_run_usage(struct ko_run *run, const char *fmt, ...)
{
    char text[USAGE_BYTES];
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    ko_io_say(run->io, "%s; try: %s --help", text, run->io->program);
    run->code = KO_EXIT_USAGE;
}

void ko_run_fail(struct ko_run *run, enum ko_status status, const struct ko_err *err)
{
    ko_io_say_err(run->io, err);
    run->code = ko_io_exit(status);
}

void ko_run_write(struct ko_run *run, const struct ko_buf *out)
{
    enum ko_exit code = ko_io_write(run->io, run->output, out);
    if (code != KO_EXIT_DONE)
        run->code = code;
}

void ko_run_short_help(struct ko_run *run)
{
    struct ko_buf text;
    ko_buf_init(&text, KO_BUF_MAX);
    ko_help_put_short(&text, run->tool, run->io->program);
    ko_io_talk(run->io, ko_buf_str(&text));
    ko_buf_release(&text);
    run->code = KO_EXIT_USAGE;
}

bool ko_run_one_case(struct ko_run *run, const char **ret_path)
{
    size_t n = run->args.operands.n;
    if (n > 1) {
        ko_run_usage(run, "one case at a time; '%s' is too many",
                     run->args.operands.v[1]);
        return false;
    }
    const char *path = n == 1 ? run->args.operands.v[0] : NULL;
    if (path == NULL && run->io->in_tty) {
        ko_run_short_help(run);
        return false;
    }
    *ret_path = path;
    return true;
}

static enum ko_status slurp(struct ko_run *run, const char *path, struct ko_buf *out,
                            struct ko_err *err)
{
    if (path == NULL || is(path, "-"))
        return ko_file_slurp(run->io->in, out, err);
    int fd;
    enum ko_status st = ko_file_open(path, &fd, err);
    if (st != KO_OK)
        return st;
    st = ko_file_slurp(fd, out, err);
    ko_file_close(fd);
    return st;
}

bool ko_run_slurp(struct ko_run *run, const char *path, struct ko_buf *out)
{
    struct ko_err err = {0};
    enum ko_status st = slurp(run, path, out, &err);
    if (st == KO_OK && out->n == 0) {
        bool piped = path == NULL || is(path, "-");
        st = ko_err_set(&err, KO_ENOTFOUND, "'%s' is empty; %s", piped ? "-" : path,
                        piped ? "did the command before it fail?" : "no case in it");
    }
    if (st != KO_OK)
        ko_run_fail(run, st, &err);
    return st == KO_OK;
}
