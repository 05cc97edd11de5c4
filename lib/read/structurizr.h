/* structurizr.h: the simple part of Structurizr's language for models of software. */
#ifndef KO_READ_STRUCTURIZR_H
#define KO_READ_STRUCTURIZR_H

#include "base/status.h"
#include "base/str.h"
#include "read/reading.h"

#include <stdbool.h>

/* ko_structurizr_probe(head, ret_why): The first word is "workspace" and a brace opens.
 */
bool ko_structurizr_probe(struct ko_str head, const char **ret_why);

/*
 * ko_structurizr_read(rd):
 * "id = softwareSystem "Name" …" and container, component and person define; "a -> b"
 * calls; "owner" among properties owns.  All else (views, styles, !include) is passed
 * over; that an !include was not followed is said.
 */
KO_WARN_UNUSED enum ko_status ko_structurizr_read(struct ko_reading *rd);

#endif
