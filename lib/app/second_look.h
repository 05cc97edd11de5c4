/* second_look.h: what only shows when all exports are read: the same one twice, clocks
 * that do not fit, dates read in the wrong order, lists that begin late. */
#ifndef KO_APP_SECOND_LOOK_H
#define KO_APP_SECOND_LOOK_H

#include "app/ingest.h"
#include "event/ledger.h"
#include "reduce/marks.h"

#include <stdbool.h>
#include <stddef.h>

/* The exports of a run as they were read; files[i], ledgers[i] and marks[i] are one. */
struct ko_look {
    struct ko_ingest_file *files;
    struct ko_ledger *ledgers;
    const struct ko_marks *marks; /* settled */
    size_t n;
    bool can_reread; /* no export came through a pipe */
    struct ko_arena *arena;
};

/*
 * ko_second_look(look, ret_reread):
 * Compare all exports.  What is sure is put into ${files}, and ${ret_reread} tells to
 * read all of them again with it; what is not sure, or cannot be done, is a remark in
 * ${ledgers}.
 *
 * repeated  same bytes after expansion, or a twin (see ko_twin_holds): counted once
 * zone      of times that name none, where ko_clock_compare is sure; every other is said
 * dates     assumed month first where ko_date_rule_is_wrong: read again day first
 * capped    newest first, whole hundreds of rows, and its oldest row well behind the
 *           first of the others
 *
 * Order:    does not matter: of equals the export with more records, then the one whose
 *           path sorts first is kept
 * Errors:   KO_ENOMEM
 * Cost:     O(n^2) short comparisons
 */
KO_WARN_UNUSED enum ko_status ko_second_look(struct ko_look *look, bool *ret_reread);

#endif
