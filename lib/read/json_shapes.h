/* json_shapes.h: JSON records that the names of their fields alone do not tell: nested
 * documents of known exporters. */
#ifndef KO_READ_JSON_SHAPES_H
#define KO_READ_JSON_SHAPES_H

#include "base/status.h"
#include "event/event.h"
#include "read/reading.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * is(object): is it one?  Asked of every object that is a record of its export: an item
 * of the outermost arrays, or the whole document. read(rd, object, place, ret_why): give
 * its events to the sink; ${ret_why} is KO_REJECT_COUNT and to be set if the object
 * cannot be used.
 */
struct ko_json_shape {
    const char *name; /* what the ledger calls the export after the first of them */
    const char *why;
    bool (*is)(const json_t *object);
    enum ko_status (*read)(struct ko_reading *rd, const json_t *object,
                           struct ko_place place, enum ko_reject *ret_why);
};

/* ko_json_shape_of(object): The first row of the table that fits, or NULL. */
const struct ko_json_shape *ko_json_shape_of(const json_t *object);

/*
 * ko_json_shape_read(rd, object, place, ret_found, ret_why):
 * Read ${object} by the first row of the table that fits.
 *
 * Returns: ${ret_found} false and nothing done: none fits
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_json_shape_read(struct ko_reading *rd,
                                                 const json_t *object,
                                                 struct ko_place place, bool *ret_found,
                                                 enum ko_reject *ret_why);

#endif
