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
 */
struct ko_format {
    const char *name;
    const char *what;
    bool (*probe)(struct ko_str head, const char **ret_why);
    enum ko_status (*read)(struct ko_reading *rd);
};

/* In order of recognition, the first that fits wins; the last fits always. */
extern const struct ko_format ko_formats[];
extern const size_t ko_formats_n;

/* ko_format_find(name): The row with ${name}, or NULL. */
const struct ko_format *ko_format_find(struct ko_str name);
/* ko_format_detect(head, ret_why): The row that fits ${head}; never NULL. */
const struct ko_format *ko_format_detect(struct ko_str head, const char **ret_why);

#endif
