/* peers.h: what moves on many entities at once is the load or the platform, not a cause.
 */
#ifndef KO_BLAME_PEERS_H
#define KO_BLAME_PEERS_H

#include "base/mem.h"
#include "base/status.h"
#include "blame/clue.h"

#include <stddef.h>

/* Fewer entities with the same signal than this cannot tell what is ordinary. */
enum { KO_PEERS_MIN = 8 };
/* Without a history, twice as far as on any other entity is unusual. */
#define KO_PEERS_TIMES 2.0

/*
 * ko_peers_calibrate(clues, from, scratch):
 * Divide the score of the clues from index ${from} by what their signal shows on most
 * entities at this very time: its upper quantile over entities, where that is above 1.
 * Where the history has fewer numbers than the signal has entities, the score is at most
 * how far the signal moved, in its own unit, over KO_PEERS_TIMES times what it moved on
 * any other entity.
 *
 * Errors:  KO_ENOMEM
 * Source:  channels divided by the q90 of ordinary maxima gave .80 top-1 where q50 gave
 *          .58-.71; here the null is over entities, since histories are often too short
 */
KO_WARN_UNUSED enum ko_status ko_peers_calibrate(ko_clues *clues, size_t from,
                                                 struct ko_arena *scratch);

/* ko_peers_ordinary(v, n): The upper quantile of ${v}, sorted, free of NaN, that even one
 * culprit among them does not reach: 0.9 of many, 0.75 of few; 0 of none. */
double ko_peers_ordinary(const double *v, size_t n);

#endif
