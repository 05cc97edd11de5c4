/* pick.h: members of a JSON record taken by name, as texts, times, durations. */
#ifndef KO_READ_PICK_H
#define KO_READ_PICK_H

#include "read/reading.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * A record being taken apart.  Paths are names joined by dots, each compared exactly,
 * else without regard to case; behind a bar stands the next one to try: the first that
 * holds something is taken ("queue.name|skill").  Where a text is asked for, numbers and
 * booleans are printed.
 */
struct ko_pick {
    struct ko_reading *rd;
    const json_t *record;
    const json_t *outer;    /* the envelope that it is the "detail" of, or NULL */
    enum ko_status *status; /* sticky: KO_ENOMEM; shared by all inside the record */
};

/* ko_pick_at(p, path): The value, or NULL where there is none or it is null. */
const json_t *ko_pick_at(const struct ko_pick *p, const char *path);
/* ko_pick_text(p, path): Trimmed; empty where there is none.  Lives as long as the
 * record. */
struct ko_str ko_pick_text(struct ko_pick *p, const char *path);
/* ko_pick_is(p, path, word): Is it ${word}, case ignored? */
bool ko_pick_is(struct ko_pick *p, const char *path, const char *word);
/* ko_pick_true(p, path): true, "true", "yes", "y" or 1. */
bool ko_pick_true(struct ko_pick *p, const char *path);
/* ko_pick_real(p, path): A number or a text that is one; NaN. */
double ko_pick_real(struct ko_pick *p, const char *path);
/* ko_pick_dur(p, path, unit_ns): A number of that unit, or with its own; -1 none. */
ko_dur ko_pick_dur(struct ko_pick *p, const char *path, ko_dur unit_ns);

/*
 * ko_pick_time(p, path, ev):
 * Put the time at ${path} into ${ev}.
 *
 * Returns: KO_REJECT_COUNT, or why there is none: no_timestamp, bad_timestamp
 */
enum ko_reject ko_pick_time(struct ko_pick *p, const char *path, struct ko_event *ev);

/* ko_pick_item(p, item): The same reading, of another value inside the record. */
struct ko_pick ko_pick_item(const struct ko_pick *p, const json_t *item);

/* ko_pick_join(p, parts, n): Those of the ${n} ${parts} that say something, with blanks
 * between; lives as long as the record. */
struct ko_str ko_pick_join(struct ko_pick *p, const struct ko_str *parts, size_t n);

/* ko_pick_emit(p, ev): Give ${ev} to the sink. */
KO_WARN_UNUSED enum ko_status ko_pick_emit(struct ko_pick *p, const struct ko_event *ev);

/* ko_pick_alias(p, place, id, name): Say that ${id} is another name of ${name}, if both
 * are there. */
KO_WARN_UNUSED enum ko_status ko_pick_alias(struct ko_pick *p, struct ko_place place,
                                            struct ko_str id, struct ko_str name);

#endif
