/* chance.h: how often chance alone brings the farthest of many healthy signals so far. */
#ifndef KO_BLAME_CHANCE_H
#define KO_BLAME_CHANCE_H

#include "blame/clue.h"
#include "blame/fuse.h"

/* What chance brings this often is no evidence. */
#define KO_CHANCE_MAX 0.05

/*
 * ko_chance(scene, clues, standings):
 * Fill chance of ${standings}, one for each entity of the case: how many healthy signals
 * as far out as its strongest clue are to be expected; of its channels the least.
 *
 *   chance = looks * P(|t| > score * sigmas)
 *   looks    clues of the channel * buckets that each was judged in
 *   t        Student's with half as many degrees of freedom as numbers of history: a
 *            robust scale of n numbers is about as sure as an ordinary one of n/2
 *
 * A time that was not told is found by looking at the whole window, which counts.
 *
 * Source:  tail of t: Wallace, Ann. Math. Stat. 30 (1959); looks: Bonferroni
 */
void ko_chance(const struct ko_scene *scene, const ko_clues *clues,
               struct ko_standing *standings);

#endif
