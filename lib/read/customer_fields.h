/* customer_fields.h: the free attributes of a contact: who, where, and what went wrong.
 */
#ifndef KO_READ_CUSTOMER_FIELDS_H
#define KO_READ_CUSTOMER_FIELDS_H

#include "event/event.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * ko_customer_attributes(ev, attributes):
 * Take from an object of free attributes what its names tell: customer, region, segment,
 * journey, channel; a bot that gave up ("botFallback": "true"), an identity that was not
 * proven ("authenticated": "false", "auth_status": "failed").  What ${ev} has already
 * stays.  Values are borrowed.
 */
void ko_customer_attributes(struct ko_event *ev, const json_t *attributes);

/* ko_customer_attribute(ev, key, value): The same for one of them. */
void ko_customer_attribute(struct ko_event *ev, struct ko_str key, struct ko_str value);

/* ko_customer_is_address(s): Does ${s} look like a mail address or a phone number, which
 * must not become the name of anything? */
bool ko_customer_is_address(struct ko_str s);

#endif
