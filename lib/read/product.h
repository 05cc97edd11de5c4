/* product.h: JSON records of products whose members mean what only their manuals say:
 * recognised one by one, before the general rules. */
#ifndef KO_READ_PRODUCT_H
#define KO_READ_PRODUCT_H

#include "read/pick.h"
#include "read/reading.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * read(p, ev, ret_why): Give the events of the record to the sink; ${ev} is initialised
 * as `kind` and placed.  ret_why: why it could not be used; it comes as KO_REJECT_COUNT.
 */
struct ko_product {
    const char *key; /* a member that each of its records has; lower case */
    const char *name;
    const char *what;
    enum ko_event_kind kind;
    bool (*fits)(struct ko_pick *p); /* beside the key; NULL: it suffices */
    enum ko_status (*read)(struct ko_pick *p, struct ko_event *ev,
                           enum ko_reject *ret_why);
};

/* Sorted by key. */
extern const struct ko_product ko_products[];
extern const size_t ko_products_n;

/* ko_product_of(p): The row that the record fits, or NULL. */
const struct ko_product *ko_product_of(struct ko_pick *p);

/* ko_product_is_key(key): Is there a row for records with the member ${key}? */
bool ko_product_is_key(struct ko_str key);

/*
 * ko_product_read(rd, value, place, ret_found, ret_why):
 * Read ${value} if it is, or wraps as an event's "detail" or a log's message, a record of
 * a product.  The ledger calls the export after the first one found.
 *
 * Returns: ${ret_found} false and nothing done: it is none
 */
KO_WARN_UNUSED enum ko_status ko_product_read(struct ko_reading *rd, const json_t *value,
                                              struct ko_place place, bool *ret_found,
                                              enum ko_reject *ret_why);

#endif
