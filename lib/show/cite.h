/* cite.h: the references to evidence inside a text. */
#ifndef KO_SHOW_CITE_H
#define KO_SHOW_CITE_H

#include "base/map.h"
#include "base/status.h"
#include "base/str.h"
#include "case/case.h"

#include <stdbool.h>

/*
 * ko_cite_index(c, ids):
 * Put the id of every evidence record into the empty map ${ids}.
 *
 * Errors:  KO_ENOMEM, KO_ELIMIT
 */
KO_WARN_UNUSED enum ko_status ko_cite_index(const struct ko_case *c, struct ko_map *ids);

/*
 * ko_cite_next(ids, rest, ret_plain, ret_id):
 * Take the next piece of ${rest}: plain text, then the id that follows it.  Only ids that
 * exist and stand in a bracket that holds nothing but ids, "[E3]", "[E3 E7]", "[E3,E7]",
 * are references; a log text that says E7 is not.
 *
 * Returns: false when ${rest} is used up; ${ret_id} is empty behind the last reference
 */
bool ko_cite_next(const struct ko_map *ids, struct ko_str *rest, struct ko_str *ret_plain,
                  struct ko_str *ret_id);

/* ko_cite_bare(plain, behind, before): A piece without the bracket or comma that joins it
 * to the reference that it stands ${behind}, and to the one that it stands ${before}:
 * where references are links they need none. */
struct ko_str ko_cite_bare(struct ko_str plain, bool behind, bool before);

#endif
