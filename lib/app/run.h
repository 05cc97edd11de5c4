/* run.h: what every tool does before and after its own work. */
#ifndef KO_APP_RUN_H
#define KO_APP_RUN_H

#include "app/io.h"
#include "app/option.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "show/show.h"

#include <stdbool.h>

/* One run of one tool. */
struct ko_run {
    const struct ko_io *io;
    const struct ko_tool *tool;
    struct ko_args args;
    struct ko_show_options show;
    const char *output; /* of -o; NULL: stdout */
    bool quiet, verbose;
    enum ko_exit code; /* how the process ends, so far */
};

/*
 * ko_run_begin(run, tool, argc, argv, io):
 * Read the command line and do what needs no input: --help, --version, --completion, and
 * the message for wrong usage.
 *
 * Returns: true when the work itself is to be done; ko_run_end in either case
 */
bool ko_run_begin(struct ko_run *run, const struct ko_tool *tool, int argc, char **argv,
                  const struct ko_io *io);

/* ko_run_end(run): Release everything.  Returns: the exit status. */
enum ko_exit ko_run_end(struct ko_run *run);

/* ko_run_usage(run, fmt, …): Say what is wrong with the command line; the code is 2. */
void ko_run_usage(struct ko_run *run, const char *fmt, ...) KO_PRINTF(2, 3);

/* ko_run_fail(run, status, err): Say ${err} and set the code that ${status} means. */
void ko_run_fail(struct ko_run *run, enum ko_status status, const struct ko_err *err);

/* ko_run_write(run, out): Write the result; the code becomes 5 if that fails. */
void ko_run_write(struct ko_run *run, const struct ko_buf *out);

/* ko_run_one_case(run, ret_path): The case to read: the only operand, or stdin (NULL).
 * False, with help or the reason said and the code 2, for more operands or when stdin is
 * a terminal. */
bool ko_run_one_case(struct ko_run *run, const char **ret_path);

/* ko_run_short_help(run): Usage in three lines to stderr; the code is 2. */
void ko_run_short_help(struct ko_run *run);

/* ko_run_slurp(run, path, out): All bytes of the file, of stdin for NULL or "-".  False,
 * with the reason said and the code set, when that fails or there is nothing. */
bool ko_run_slurp(struct ko_run *run, const char *path, struct ko_buf *out);

#endif
