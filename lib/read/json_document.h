/* json_document.h: JSON values that hold many records in a shape of their own. */
#ifndef KO_READ_JSON_DOCUMENT_H
#define KO_READ_JSON_DOCUMENT_H

#include "base/status.h"
#include "event/event.h"
#include "read/reading.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * One such shape.  is(value): told by its members.  read(rd, value, place): give its
 * events to the sink; what of it cannot be used is a remark of the ledger.
 */
struct ko_json_document {
    const char *name;
    bool (*is)(const json_t *value);
    enum ko_status (*read)(struct ko_reading *rd, const json_t *value,
                           struct ko_place place);
};

/* ko_json_document_of(value): The first row of the table that fits, or NULL. */
const struct ko_json_document *ko_json_document_of(const json_t *value);

#endif
