/* codeowners.h: CODEOWNERS of GitHub and GitLab: the owners of paths, and so of what is
 * named after a folder. */
#ifndef KO_READ_CODEOWNERS_H
#define KO_READ_CODEOWNERS_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* ko_codeowners_probe(head, ret_why): Every line is "path @owner …", a path alone, a
 * "[Section]" or a comment, and one at least has an owner. */
bool ko_codeowners_probe(struct ko_str head, const char **ret_why);

/*
 * ko_codeowners_read(rd):
 * Each folder that a pattern names is an entity of the folder's name.  Its owner is that
 * of the last pattern that matches it, within each section; of sections the last.  A
 * pattern without owner takes the default of its section; outside of one it clears.
 *
 * Source:  GitHub "About code owners"; GitLab "Code Owners syntax"
 */
KO_WARN_UNUSED enum ko_status ko_codeowners_read(struct ko_reading *rd);

#endif
