/* shape.h: what a record is, by the set of roles that its fields have. */
#ifndef KO_READ_SHAPE_H
#define KO_READ_SHAPE_H

#include "read/roles.h"

enum ko_shape {
    KO_SHAPE_NONE,
    KO_SHAPE_LOG,
    KO_SHAPE_METRIC, /* one value a record */
    KO_SHAPE_WIDE,   /* one value a column */
    KO_SHAPE_SPAN,
    KO_SHAPE_EDGE,
    KO_SHAPE_MATRIX, /* rows call columns, so many times */
    KO_SHAPE_CHANGE,
    KO_SHAPE_CONTACT,
    KO_SHAPE_ENTITY,
    KO_SHAPE_STEP,
    KO_SHAPE_INCIDENT
};

/* ko_shape_name(shape): "log", "metric" … */
const char *ko_shape_name(enum ko_shape shape);

/*
 * ko_shape_asked(roles, is_table, asked):
 * The shape that ${asked} ("change", "edge", "map": step, entity or edge) wants of these
 * roles; that of ko_shape_of when it is empty.
 */
enum ko_shape ko_shape_asked(const struct ko_roles *roles, bool is_table,
                             struct ko_str asked);

/*
 * ko_shape_of(roles, is_table):
 * The first rule of the table in shape.c whose roles are there.  ${is_table}: the fields
 * are the columns of a CSV, so columns of numbers without a role are metrics.
 */
enum ko_shape ko_shape_of(const struct ko_roles *roles, bool is_table);

#endif
