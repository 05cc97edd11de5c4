/* interpret.h: a record whose fields have roles becomes events. */
#ifndef KO_READ_INTERPRET_H
#define KO_READ_INTERPRET_H

#include "read/columns.h"
#include "read/reading.h"
#include "read/record.h"
#include "read/roles.h"
#include "read/series.h"
#include "read/shape.h"

#include <stdbool.h>

/* What is known of the record beside its values. */
struct ko_view {
    const struct ko_record *r;
    const struct ko_roles *roles;
    enum ko_shape shape;
    bool decimal_comma;
    bool delivers_none; /* its keys name no id of a delivery; false: not looked at */
    /* WIDE: which fields are metrics, and their names taken apart; both as long as r. */
    const bool *is_metric;
    const struct ko_column *columns;
    /* METRIC and WIDE of a table, or NULL: its series, told apart by the columns that
     * ko_interpret_tells. */
    struct ko_series_book *book;
};

/* ko_interpret_tells(v, i, field_map): Do words in column ${i} of a table of metrics tell
 * one of its series from another? */
bool ko_interpret_tells(const struct ko_view *v, size_t i, struct ko_str field_map);

/*
 * ko_interpret_time(rd, v, ev):
 * Put the time of the record into ${ev}.
 *
 * Returns: KO_REJECT_COUNT, or why there is none
 */
enum ko_reject ko_interpret_time(struct ko_reading *rd, const struct ko_view *v,
                                 struct ko_event *ev);

/*
 * ko_interpret(rd, v, place, ret_why):
 * Give the events of the record to the sink.
 *
 * Returns: ${ret_why} is why the record could not be used, KO_REJECT_COUNT if it was
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_interpret(struct ko_reading *rd, const struct ko_view *v,
                                           struct ko_place place,
                                           enum ko_reject *ret_why);

/* ko_interpret_record(rd, r, place, ret_why): The same for a record that stands alone. */
KO_WARN_UNUSED enum ko_status ko_interpret_record(struct ko_reading *rd,
                                                  const struct ko_record *r,
                                                  struct ko_place place,
                                                  enum ko_reject *ret_why);

/* ko_interpret_is_history(v): Does its kind make it an entry of an incident's log,
 * whatever its shape is? */
bool ko_interpret_is_history(const struct ko_view *v);

/* ko_interpret_log(rd, r, place, ret_why): The same for one that is known to be a log. */
KO_WARN_UNUSED enum ko_status ko_interpret_log(struct ko_reading *rd,
                                               const struct ko_record *r,
                                               struct ko_place place,
                                               enum ko_reject *ret_why);

#endif
