/* fold.h: which names and values are told apart when there are too many of them. */
#ifndef KO_REDUCE_FOLD_H
#define KO_REDUCE_FOLD_H

#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct ko_reducer;
struct ko_track;

/*
 * A reducer tells all keys apart (names of entities, values of dimensions, signals, and
 * the tracks that they make) up to opt.keys_max.  Past it, those that are no longer kept
 * count together as "(other)": at fold f one in 2^f is kept, chosen by its own text
 * alone, so that any order of events, and any split over merged reducers, keeps the same
 * ones. Nothing is lost: what was counted under them moves with them.
 *
 * The grain of time is chosen before: it fits what was told apart then.
 *
 * Names without a digit are given up last, since names that come by the million hold
 * numbers; names of entities after values.
 */
enum ko_fold_kind { KO_FOLD_NAME, KO_FOLD_VALUE };

/* ko_fold_keeps(s, fold, kind): Is ${s} told apart at ${fold}? */
bool ko_fold_keeps(struct ko_str s, unsigned fold, enum ko_fold_kind kind);

/* ko_fold_is_due(r): Are there more keys, or more numbers at the coarsest grain, than
 * allowed? */
bool ko_fold_is_due(const struct ko_reducer *r);

/* ko_fold_to(r, fold): Keep only the keys of ${fold}.  Numbers of names, texts and tracks
 * are new afterwards; those of exports stay.  KO_ENOMEM, KO_ELIMIT. */
KO_WARN_UNUSED enum ko_status ko_fold_to(struct ko_reducer *r, unsigned fold);

/* ko_fold_settle(r): Fold until it is no longer due.  KO_ENOMEM; KO_ELIMIT: even with
 * nothing told apart it is. */
KO_WARN_UNUSED enum ko_status ko_fold_settle(struct ko_reducer *r);

/* ko_fold_has(r, track): Does ${track} hold what counts together because of a fold? */
bool ko_fold_has(const struct ko_reducer *r, const struct ko_track *track);

#endif
