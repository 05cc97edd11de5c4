/* level.h: the level of a signal before and during the incident, from whatever of it the
 * case holds. */
#ifndef KO_IMPACT_LEVEL_H
#define KO_IMPACT_LEVEL_H

#include "base/str.h"
#include "case/case.h"
#include "impact/window.h"

#include <stdbool.h>
#include <stdint.h>

/* before, during: NaN where no export covers that time. */
struct ko_level {
    double before, during;
    double part, whole; /* of a ratio, during; NaN for other levels */
    struct ko_str unit;
    uint32_t entity; /* KO_NO_ENTITY: over several */
    struct ko_str signal, row;
};

/*
 * ko_words_in(words, text):
 * Alternatives of a text: "a+b|c" holds for a text with both a and b, or with c, ASCII
 * case ignored.
 */
bool ko_words_in(const char *words, struct ko_str text);

/*
 * The functions below fill ${ret} from the series or templates of the window and return false
 * when the case holds nothing of the kind during the incident ${w}.
 */

/* ko_level_ratio(c, w, part, whole, entity, ret): Sum of the series ${part} over the sum
 * of ${whole}, over every entity that has both, or of ${entity} alone. */
bool ko_level_ratio(const struct ko_case *c, const struct ko_window *w, const char *part,
                    const char *whole, uint32_t entity, struct ko_level *ret);

/* ko_level_mean(c, w, signal, weight, less, ret): Mean of the series ${signal} over all
 * entities, each bucket weighted by the entity's series ${weight} where it has one, less
 * its series ${less} (NULL: nothing). */
bool ko_level_mean(const struct ko_case *c, const struct ko_window *w, const char *signal,
                   const char *weight, const char *less, struct ko_level *ret);

/* ko_level_service(c, w, words, kind, ret): Mean response time over the requests of the
 * service, vendor or desk with ${words} in its name, or of ${kind} by any name (SERVICE:
 * none): of several, the one that rose most. */
bool ko_level_service(const struct ko_case *c, const struct ko_window *w,
                      const char *words, enum ko_entity_kind kind, struct ko_level *ret);

/* ko_level_failures(c, w, words, ret): Failed requests, of the requests, of the entities
 * with ${words} in their names. */
bool ko_level_failures(const struct ko_case *c, const struct ko_window *w,
                       const char *words, struct ko_level *ret);

/* ko_level_metric(c, w, words, cls, ret): Among the series of class ${cls} (OTHER: any)
 * whose entity or signal has ${words} in its name: the one that rose most. */
bool ko_level_metric(const struct ko_case *c, const struct ko_window *w,
                     const char *words, enum ko_class cls, struct ko_level *ret);

/* ko_level_logged(c, w, words, of, ret): Records of the templates that hold ${words}: as
 * a ratio of those that hold ${of}, if others than the former do; else of the requests of
 * their entities, or a minute where these are not known.  ${of} may be NULL; without it
 * no record is nothing known, with it, and records that hold it, none of them. */
bool ko_level_logged(const struct ko_case *c, const struct ko_window *w,
                     const char *words, const char *of, struct ko_level *ret);

#endif
