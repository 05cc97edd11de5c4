/* suggest.h: the known word that a mistyped one was probably meant to be. */
#ifndef KO_APP_SUGGEST_H
#define KO_APP_SUGGEST_H

#include "base/str.h"

#include <stddef.h>

/* Words longer than this are never near to anything. */
enum { KO_SUGGEST_BYTES = 64 };

/*
 * ko_suggest_distance(a, b):
 * Letters to insert, delete, replace or swap with their neighbour to make ${b} of ${a}.
 *
 * Returns: SIZE_MAX when either is longer than KO_SUGGEST_BYTES
 * Cost:    O(a.n * b.n) time, no allocation
 * Source:  optimal string alignment; Damerau, "A technique for computer detection and
 *          correction of spelling errors", 1964: 80 % of typing errors are one of the
 * four
 */
size_t ko_suggest_distance(struct ko_str a, struct ko_str b);

/* Keeps the nearest of the words that it is shown; zeroed is none. */
struct ko_suggest {
    struct ko_str best;
    size_t distance;
};

/* ko_suggest_try(s, typed, known): Remember ${known} if it is nearer to ${typed} than all
 * before and near enough to be meant: at most a third of its letters differ. */
void ko_suggest_try(struct ko_suggest *s, struct ko_str typed, struct ko_str known);

#endif
