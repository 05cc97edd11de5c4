/* family.h: how large the largest false alarm of a whole channel ordinarily is. */
#ifndef KO_BLAME_FAMILY_H
#define KO_BLAME_FAMILY_H

#include "base/mem.h"
#include "base/status.h"
#include "blame/clue.h"
#include "spread/baseline.h"

#include <stddef.h>

/* Stretches of the history, each as long as the incident, with the largest deviation of
 * any signal in each. */
struct ko_family {
    /* private to family.c */
    double *most;   /* a stretch: times the worst ordinary deviation of that signal */
    size_t n;       /* stretches: of the window, then of the healthy time */
    size_t healthy; /* index of the first of the healthy time */
    size_t width;   /* buckets of a stretch */
};

/*
 * ko_family_init(scene, ret):
 * No signal yet.
 *
 * Owns:    ${ret} is in scene->scratch
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_family_init(const struct ko_scene *scene,
                                             struct ko_family *ret);

/*
 * ko_family_add(family, in, scratch):
 * One more signal.
 *
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_family_add(struct ko_family *family,
                                            const struct ko_baseline_in *in,
                                            struct ko_arena *scratch);

/*
 * ko_family_divide(family, clues, from, scratch):
 * Divide the scores of ${clues} from index ${from} on by the largest false alarm that
 * nine of ten stretches do not reach, where that is above 1.
 *
 * Errors:  KO_ENOMEM
 * Source:  each channel over the q90 of its historical window maxima: .80 first places
 *          where sums of z gave .42 (45 cases, Train Ticket)
 */
KO_WARN_UNUSED enum ko_status ko_family_divide(struct ko_family *family, ko_clues *clues,
                                               size_t from, struct ko_arena *scratch);

#endif
