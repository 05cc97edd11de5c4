/* fuse.h: the clues of all channels as one score an entity. */
#ifndef KO_BLAME_FUSE_H
#define KO_BLAME_FUSE_H

#include "base/mem.h"
#include "base/status.h"
#include "blame/clue.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/* What all channels say of one entity. */
struct ko_standing {
    uint32_t entity;
    double channel[KO_CHANNELS]; /* calibrated: times the worst ordinary false alarm */
    size_t best[KO_CHANNELS];    /* 1 + index of the channel's strongest clue; 0 none */
    double score;                /* of all channels that count; > 1 is unusual */
    double chance;               /* healthy signals as far out to be expected, chance.h */
    double own, waited;          /* excess mass, see mass.h; NaN unknown */
    const char *mass_unit;
    bool one_volume; /* masses of the case count the same requests: they have a sum */
    uint32_t start;  /* the origin of the cascade that it follows in; or none */
    uint32_t followed_by;  /* whose symptoms it is charged with, upstream.h; or none */
    uint32_t explained_by; /* the callee whose trouble explains this one's; or none */
};

/*
 * ko_fuse_channels(scene, clues, standings):
 * Fill channel and best of ${standings}, one for each entity of the case: a channel
 * speaks with its strongest clue.
 */
void ko_fuse_channels(const struct ko_scene *scene, const ko_clues *clues,
                      struct ko_standing *standings);

/*
 * ko_fuse_scores(standings, n):
 * Fill score from channel.  The strongest channel keeps its score, others strengthen it
 * by what they have beyond the ordinary:
 *
 *   1 + score^2 = (1 + y1^2) * prod over the others of (1 + max(0, y^2 - 1))
 *
 * so that what is ordinary in several channels is no more unusual than in one.  Symptoms
 * (external) count as far as nothing else is unusual: y over the best score without them.
 *
 * Source:  log-sum of calibrated channels gave top-1 .80 where rank fusion gave .29, z
 *          sums .42 and the largest z .53 (45 cases, Train Ticket)
 */
void ko_fuse_scores(struct ko_standing *standings, size_t n);

#endif
