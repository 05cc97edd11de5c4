/* export.h: an open export: its source, what lies around its text, its format. */
#ifndef KO_READ_EXPORT_H
#define KO_READ_EXPORT_H

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/ledger.h"
#include "read/date_order.h"
#include "read/formats.h"
#include "read/layers.h"
#include "read/read.h"
#include "read/source_cap.h"
#include "read/source_file.h"
#include "read/tap.h"

#include <stdbool.h>
#include <stdint.h>

struct ko_open_export {
    struct ko_str name;
    const struct ko_read_options *opt;
    struct ko_source text; /* of the bytes behind ${waiting} */
    struct ko_tap tap;     /* upon it */
    struct ko_buf waiting; /* bytes of the text that were looked at and not taken */
    bool at_end;           /* no byte comes behind ${waiting} */
    uint64_t bom;          /* bytes taken off */
    struct ko_str head;    /* the first bytes of the text, for as long as this is open */
    const struct ko_format *format;
    const char *why; /* this format */
    struct ko_date_rule dates;
    /* private to export.c */
    struct ko_arena arena;
    struct ko_str bytes; /* left, of an export in memory */
    struct ko_source_file file;
    struct ko_layers layers;
    struct ko_source_cap cap;
};

/*
 * ko_export_open(e, path, bytes, name, opt, err):
 * As ko_pieces_open.  Release ${e} in any case.
 */
KO_WARN_UNUSED enum ko_status ko_export_open(struct ko_open_export *e, const char *path,
                                             struct ko_str bytes, struct ko_str name,
                                             const struct ko_read_options *opt,
                                             struct ko_err *err);
void ko_export_release(struct ko_open_export *e);

/* ko_export_fill(e, room, n): Append up to ${n} bytes of the text to ${room}; sets at_end
 * where fewer came.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_export_fill(struct ko_open_export *e,
                                             struct ko_buf *room, size_t n);

/* ko_export_judge(e, ledger): All is read: say what lay around the text, and what became
 * of the file meanwhile.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_export_judge(const struct ko_open_export *e,
                                              struct ko_ledger *ledger);

#endif
