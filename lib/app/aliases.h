/* aliases.h: the file of --alias: other names of entities. */
#ifndef KO_APP_ALIASES_H
#define KO_APP_ALIASES_H

#include "base/err.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "reduce/reduce.h"

/*
 * ko_aliases_read(opt, bytes, source, arena, err):
 * Add every line "alias,name" of ${bytes} to opt->aliases; also with a tab or "="
 * between. Blank lines, lines that begin with "#" and a first line "alias,name" are left
 * out.
 *
 * Owns:    the names borrow ${bytes}; the list lives in ${arena}
 * Errors:  KO_ESYNTAX with the line: no separator, or an empty name; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_aliases_read(struct ko_reduce_options *opt,
                                              struct ko_str bytes, struct ko_str source,
                                              struct ko_arena *arena, struct ko_err *err);

#endif
