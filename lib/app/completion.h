/* completion.h: shell completion scripts from the option tables. */
#ifndef KO_APP_COMPLETION_H
#define KO_APP_COMPLETION_H

#include "app/option.h"
#include "base/buf.h"
#include "base/str.h"

#include <stdbool.h>

/* ko_completion_put(out, tool, program, shell): The script for bash, zsh or fish; false,
 * with nothing appended, for another shell. */
bool ko_completion_put(struct ko_buf *out, const struct ko_tool *tool,
                       const char *program, struct ko_str shell);

#endif
