/* help.h: --help, --version and --dump-options from the option tables. */
#ifndef KO_APP_HELP_H
#define KO_APP_HELP_H

#include "app/option.h"
#include "base/buf.h"

/* ko_help_put(out, tool, program): The whole help: usage, examples, options by group. */
void ko_help_put(struct ko_buf *out, const struct ko_tool *tool, const char *program);

/* ko_help_put_short(out, tool, program): Usage and the first example: three lines. */
void ko_help_put_short(struct ko_buf *out, const struct ko_tool *tool,
                       const char *program);

/* ko_help_put_table(out, tool): One line an option, hidden ones left out:
 * letter TAB name TAB argument; "-" where there is none.  Sorted by name. */
void ko_help_put_table(struct ko_buf *out, const struct ko_tool *tool);

/* ko_help_put_version(out, program, editor): Our version and those of the libraries;
 * ${editor} names the line editor, or is NULL. */
void ko_help_put_version(struct ko_buf *out, const char *program, const char *editor);

#endif
