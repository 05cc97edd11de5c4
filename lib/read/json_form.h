/* json_form.h: JSON lines that have the same members as one before them, read without
 * building the object. */
#ifndef KO_READ_JSON_FORM_H
#define KO_READ_JSON_FORM_H

#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "event/ledger.h"
#include "read/json_layout.h"
#include "read/json_tokens.h"
#include "read/reading.h"
#include "read/record.h"
#include "read/roles.h"
#include "read/shape.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Forms of one export; more are read as well, without memory of them. */
enum { KO_JSON_FORMS = 64, KO_JSON_FORMS_LEARNT_MAX = 4096 };

/* When the value of a field is not to be taken as it is written. */
struct ko_json_asks {
    bool exact; /* a real number: it is printed as the general path prints it */
    bool brace; /* it begins with one: maybe a record of its own */
    bool digit; /* it begins with one, which makes it another role */
};

/*
 * What the general path made of one line holds for every line with the same members of
 * the same types: keys come only once, which roles they have, what the record is.  A form
 * that is not plain is one of the known shapes or products, of which values decide.
 */
struct ko_json_form {
    uint64_t mark; /* of its tokens */
    bool plain;
    bool any_order; /* the members of a flat log, of which no two claim one role */
    const struct ko_json_token *tokens; /* keys and types */
    size_t n;
    struct ko_record record; /* keys and types; values of the line at hand */
    const struct ko_json_asks *asks; /* of each field */
    bool delivers;           /* ko_fields_deliver */
    struct ko_roles roles;
    enum ko_shape shape;
};

struct ko_json_forms {
    struct ko_json_form *slots[KO_JSON_FORMS];
    struct ko_json_layout layout;
    size_t learnt;
    uint64_t general; /* lines that took the general path */
    struct ko_json_tokens tokens;
    struct ko_json_leaf leaves[KO_JSON_TOKENS_MAX + 1]; /* of the line at hand */
    uint8_t order[KO_JSON_TOKENS_MAX];                  /* the field of each */
};

/*
 * ko_json_forms_record(rd, forms, text, ret):
 * Fill the form that ${text} has with its values.
 *
 * Owns:    ${ret} holds until the next call; its values are slices of ${text} or live in
 *          rd->record; NULL when the general path has to judge
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_json_forms_record(struct ko_reading *rd,
                                                   struct ko_json_forms *forms,
                                                   struct ko_str text,
                                                   const struct ko_json_form **ret);

/*
 * ko_json_forms_read(rd, forms, text, place, ret_done, ret_why):
 * Give the events of ${text} to the sink.
 *
 * Returns: ${ret_done} false and nothing done: the general path has to judge
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status
ko_json_forms_read(struct ko_reading *rd, struct ko_json_forms *forms, struct ko_str text,
                   struct ko_place place, bool *ret_done, enum ko_reject *ret_why);

/*
 * ko_json_forms_learn(rd, forms, text):
 * Remember the form of ${text}, which ko_json_forms_read has just left to the general
 * path and which that accepted.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_json_forms_learn(struct ko_reading *rd,
                                                  struct ko_json_forms *forms,
                                                  struct ko_str text);

#endif
