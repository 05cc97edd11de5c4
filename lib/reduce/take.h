/* take.h: what the kinds of events share when they are counted; private to lib/reduce. */
#ifndef KO_REDUCE_TAKE_H
#define KO_REDUCE_TAKE_H

#include "reduce/state.h"

/* Stamps beyond these are damage; the difference of two fits ko_dur.  What is told without
 * a date is near 0. */
#define KO_TAKE_TIME_MIN (-KO_DAY * 366)
#define KO_TAKE_TIME_MAX (KO_DAY * 365 * 280)
/* Longer operations are damage; sums stay far from overflow. */
#define KO_TAKE_DUR_MAX (KO_DAY * 366)

/* take.c */

/* ko_take_name(r, ev, export, ret): The number of the name that the record is under: what
 * it says, else the best that it says instead, else what its export is called. */
KO_WARN_UNUSED enum ko_status ko_take_name(struct ko_reducer *r,
                                           const struct ko_event *ev,
                                           uint32_t export_index, uint32_t *ret);
/* ko_take_is_bad(ev): Did what the record tells of fail? */
bool ko_take_is_bad(const struct ko_event *ev);
/* ko_take_id(s): The identity of a trace or span; 0 for none. */
uint64_t ko_take_id(struct ko_str s);

/* take_log.c */

/* ko_take_log(r, ev, export): Count a record of a log, among those of its export too, and
 * what it tells of. */
KO_WARN_UNUSED enum ko_status ko_take_log(struct ko_reducer *r, const struct ko_event *ev,
                                          uint32_t export_index);

/* log_plan.c */

/*
 * ko_log_plan(r, ev, export, ret):
 * The plan of ${ev}, made when it is the first of its kind.
 *
 * Owns:    ${ret} holds until the next call
 * Errors:  KO_ENOMEM, KO_ELIMIT
 */
KO_WARN_UNUSED enum ko_status ko_log_plan(struct ko_reducer *r, const struct ko_event *ev,
                                          uint32_t export_index,
                                          struct ko_log_plan **ret);

/* More are looked for each time. */
enum { KO_LOG_SPOTS_MAX = 1 << 14 };

/* ko_log_spots(r, ev, export, entity, ret): The same for the spots of ${entity} and the
 * values that ${ev} names. */
KO_WARN_UNUSED enum ko_status ko_log_spots(struct ko_reducer *r,
                                           const struct ko_event *ev,
                                           uint32_t export_index, uint32_t entity,
                                           struct ko_log_spots **ret);

#endif
