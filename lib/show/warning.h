/* warning.h: what a reader must know about the data before he trusts the answers. */
#ifndef KO_SHOW_WARNING_H
#define KO_SHOW_WARNING_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "case/case.h"

/* Gravest first; the order in which they are shown. */
enum ko_warning_kind {
    KO_WARNING_PARTIAL,  /* reading was interrupted */
    KO_WARNING_DAMAGED,  /* an export is cut or unreadable in part */
    KO_WARNING_CAPPED,   /* an export looks truncated by its exporter */
    KO_WARNING_REJECTED, /* records that were not used */
    KO_WARNING_NO_TIME,  /* records without a usable time */
    KO_WARNING_REMARK,   /* whatever else the reader noticed */
    KO_WARNING_ZONE,     /* a zone was assumed */
    KO_WARNING_REPEATED  /* the same export twice */
};

struct ko_warning {
    enum ko_warning_kind kind;
    struct ko_str file; /* empty: the whole case */
    struct ko_str text; /* without the file's name */
};

typedef KO_LIST(struct ko_warning) ko_warnings;

/*
 * ko_warning_list(c, arena, ret):
 * All warnings of the ledger, by kind, then file, then text.
 *
 * Owns:    list and texts live in ${arena} or in ${c}
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_warning_list(const struct ko_case *c,
                                              struct ko_arena *arena, ko_warnings *ret);

#endif
