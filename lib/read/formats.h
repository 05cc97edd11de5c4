/* formats.h: the table of formats: a new one is one file and one row. */
#ifndef KO_READ_FORMATS_H
#define KO_READ_FORMATS_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * probe(head, ret_why): Is this the format of the file that begins with ${head} (at most
 * KO_READ_HEAD_BYTES, cut anywhere)?  ret_why: what in the bytes says so, a literal.
 * read(rd): read it to the end; malformed records go to the ledger.
 * cut(rd, bytes, offset): ${bytes} begin with a record, ${offset} into the export: the
 *   length of whole records at their start behind which a record begins that is read
 *   alike by every reader that has read the head of the export, as ${rd} has; 0: none is
 *   there.  NULL: an export is one piece.
 */
struct ko_format {
    const char *name;
    const char *what;
    bool (*probe)(struct ko_str head, const char **ret_why);
    enum ko_status (*read)(struct ko_reading *rd);
    size_t (*cut)(const struct ko_reading *rd, struct ko_str bytes, uint64_t offset);
};

/* In order of recognition, the first that fits wins; the last fits always. */
extern const struct ko_format ko_formats[];
extern const size_t ko_formats_n;

/* ko_format_find(name): The row with ${name}, or NULL. */
const struct ko_format *ko_format_find(struct ko_str name);
/* ko_format_detect(head, ret_why): The row that fits ${head}; never NULL. */
const struct ko_format *ko_format_detect(struct ko_str head, const char **ret_why);

#endif
