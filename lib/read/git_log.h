/* git_log.h: commits as git log --format='%H%x09%cI%x09%an%x09%s' prints them. */
#ifndef KO_READ_GIT_LOG_H
#define KO_READ_GIT_LOG_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* The format's row.  A commit is no deployment: it is told as a change of kind "commit"
 * without an entity, at the time at which it was committed. */
bool ko_git_log_probe(struct ko_str head, const char **ret_why);
KO_WARN_UNUSED enum ko_status ko_git_log_read(struct ko_reading *rd);

#endif
