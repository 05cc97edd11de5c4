/* fields.h: the members of every record type of the case stream, as tables: one truth for
 * reading, writing and the schema. */
#ifndef KO_CASE_FIELDS_H
#define KO_CASE_FIELDS_H

#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* How a member stands in memory and in JSON. */
enum ko_field_type {
    KO_FIELD_STR,      /* struct ko_str; "" is left out */
    KO_FIELD_STRS,     /* ko_strs; empty is left out */
    KO_FIELD_INT,      /* int64_t */
    KO_FIELD_NUM,      /* double; NaN is left out */
    KO_FIELD_NUMS,     /* ko_nums, NaN as null; empty is left out */
    KO_FIELD_TIME,     /* ko_time in ns <-> integer ms; KO_TIME_NONE is left out */
    KO_FIELD_DUR,      /* ko_dur in ns <-> integer ms */
    KO_FIELD_BOOL,     /* bool; false is left out */
    KO_FIELD_ENUM,     /* int <-> name in `names` */
    KO_FIELD_ENTITY,   /* uint32_t <-> entity name; KO_NO_ENTITY is left out */
    KO_FIELD_ENTITIES, /* ko_entity_ids; empty is left out */
    KO_FIELD_LIST      /* KO_LIST of structs described by `items`; empty is left out */
};

struct ko_field {
    const char *name;
    enum ko_field_type type;
    size_t offset;
    bool required;
    const char *const *names;     /* KO_FIELD_ENUM: NULL-terminated */
    const struct ko_field *items; /* KO_FIELD_LIST: name NULL ends */
    size_t item_size;             /* KO_FIELD_LIST */
};

/* A record type: its members, and its list inside struct ko_case. */
struct ko_record_type {
    const char *name;
    const struct ko_field *fields; /* name NULL ends */
    size_t size;                   /* of one record */
    size_t list;                   /* offset of its KO_LIST in struct ko_case */
    enum ko_stage stage;           /* that writes it */
};

/* All types in the order of the stream; name NULL ends.  The head and unknown types stand
 * apart. */
extern const struct ko_record_type ko_record_types[];
extern const struct ko_field ko_head_fields[];

/* ko_record_init(type fields, record): Every member "not said" (NaN, KO_TIME_NONE,
 * KO_NO_ENTITY). */
void ko_record_init(const struct ko_field *fields, void *record);

#endif
