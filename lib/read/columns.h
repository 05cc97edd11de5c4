/* columns.h: column names of wide metric tables taken apart into entity, signal, unit. */
#ifndef KO_READ_COLUMNS_H
#define KO_READ_COLUMNS_H

#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_column {
    struct ko_str entity; /* empty: the name tells none */
    struct ko_str signal;
    struct ko_str unit;   /* "(ms)", "[%]" behind the name */
    struct ko_str labels; /* in the braces behind the name: region="…",code="500" */
};

/*
 * ko_columns_split(names, n, ret):
 * Take the ${n} ${names} apart.  Labels in braces and units in brackets are read first.
 * The rest is split at that mark (_ . / : blank -), at its first or its last place, whose
 * parts take the fewest bytes to write down once each: carts-db_cpu, carts-db_mem,
 * user_cpu and user_mem are {carts-db, user} and {cpu, mem} by "_", but {carts, user} and
 * {db_cpu, db_mem …} by "-".  A name whose first part is a word of measuring (cpu_user,
 * http_requests) has no entity there; if that holds for most names and the other part
 * does not read so, the order is turned round (latency.checkout).
 *
 * Owns:    ${ret} has room for ${n}; texts are slices of ${names}
 * Errors:  KO_ENOMEM
 * Cost:    O(marks * bytes)
 */
KO_WARN_UNUSED enum ko_status ko_columns_split(const struct ko_str *names, size_t n,
                                               struct ko_column *ret);

/*
 * ko_column_unit(name, ret_name, ret_unit):
 * Cut a unit in brackets, or a "%", off the end.  A unit that stands inside the name or a
 * "%" at its begin is the unit too, but stays with the name.
 */
void ko_column_unit(struct ko_str name, struct ko_str *ret_name, struct ko_str *ret_unit);

/* ko_column_label(rest, ret_key, ret_value): Take the next of the ${rest} of labels, as
 * Prometheus (key="value") or Datadog (key:value) write them. */
bool ko_column_label(struct ko_str *rest, struct ko_str *ret_key,
                     struct ko_str *ret_value);

#endif
