/* score.h: how much of the truth a case tells. */
#ifndef KO_DRILL_SCORE_H
#define KO_DRILL_SCORE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Found, claimed and true; NaN ratios where nothing is. */
struct ko_score_counts {
    size_t right, claimed, truth;
};

struct ko_score {
    struct ko_score_counts nodes, edges, amplifiers;
    size_t joined, joined_right; /* true edges claimed in either direction; in the right
                                    one */
    size_t mechanisms_right;     /* of the right edges */
    double tau_b; /* order of onsets truly 10 s or more apart; NaN without such pairs */
    size_t origin_rank;          /* of the first suspect that is an origin; 0 none */
    bool has_origin;             /* the truth has one */
    double onset_error_s;        /* of the origin; NaN when it has no onset */
    double onset_error_median_s; /* of all nodes found */
    double factor_error;         /* mean relative, of the right amplifiers; NaN none */
    size_t chains;               /* of two nodes or more, claimed */
    bool metastable, metastable_said;
    bool change_right; /* the guilty change is blamed, or none when there is none */
    double bucket_s;
};

/*
 * ko_score_case(stream, stream_name, truth, truth_name, ret, err):
 * Compare a finished case stream with truth.json.  Nodes are those of the chains; edges
 * are links that are no alternatives, retry-amplification apart, which are amplifiers.
 * A bystander counts neither way, nor does a claimed link
 * of two reached nodes that runs along a true amplifier.
 *
 * Errors:  KO_ESYNTAX; KO_ENOMEM
 * Source:  definitions after rcabench-platform, rca_metrics.py; Kendall, tau-b, 1945
 */
KO_WARN_UNUSED enum ko_status ko_score_case(struct ko_str stream,
                                            struct ko_str stream_name,
                                            struct ko_str truth, struct ko_str truth_name,
                                            struct ko_score *ret, struct ko_err *err);

/* ko_score_put(s, out): One "name value" a line. */
void ko_score_put(const struct ko_score *s, struct ko_buf *out);

#endif
