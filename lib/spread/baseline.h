/* baseline.h: what is ordinary for a signal, and how far a stretch of it is from that. */
#ifndef KO_SPREAD_BASELINE_H
#define KO_SPREAD_BASELINE_H

#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A stretch to judge and the history to judge it by.
 *
 *   v[0] ......... v[before] ... guard ... v[from] ......... v[to]      n numbers
 *   '-- history --'                        '---- judged ----'
 *
 * before <= from < to <= n.  A healthy time of the same signal adds to the history.
 */
struct ko_baseline_in {
    const double *v; /* one number a bucket, NaN missing */
    size_t n;
    size_t before;
    size_t from, to;
    const double *normal; /* the same signal in a healthy time; NULL when there is none */
    size_t n_normal;
    double event; /* a signal that tells how often something happened: what one more
                     adds, see ko_baseline_event; at least Poisson noise.  0: a measure */
    bool ratio;   /* positive by nature (latency): deviation is the logarithm of a ratio,
                     numbers <= 0 are missing; not together with event */
};

/* What is ordinary.  `residual` below turns a number into deviations from it. */
struct ko_baseline {
    double centre;   /* median; of counts the mean without its largest twentieth */
    double scale;    /* one ordinary deviation, in the unit of the residual; > 0 */
    double worst_up; /* the worst ordinary deviation of one bucket, upwards, in scales */
    double worst_down;
    double memory; /* 0..0.9: how much of a deviation is still there one bucket later */
    size_t n;      /* numbers that it stands on; 0: nothing is known */
    bool constant; /* history never moved: scores say "moved", not how far */
    bool zero;     /* and it was always 0 */
    double event;  /* see struct ko_baseline_in */
    bool ratio;
};

/* How far the stretch is from ordinary. */
struct ko_baseline_score {
    double score;   /* times the worst ordinary deviation of its own history; > 1 is
                       unusual; NaN when the history or the stretch is empty */
    double peak;    /* the same of the extreme bucket alone */
    double level;   /* the same of the stretch's median */
    double before;  /* centre of the history, in the unit of the signal */
    double after;   /* median of the stretch */
    double extreme; /* its bucket farthest from the history, in that direction */
    size_t at;      /* the index of that bucket */
    double persist; /* 0..1: share of the stretch beyond the worst ordinary deviation */
    bool rise;
    bool constant; /* see struct ko_baseline: rank these below a measured deviation */
};

/*
 * ko_baseline_event(s):
 * What one more thing that happens adds to a bucket of ${s}: 1 for a sum of whole
 * numbers; the least number above 0 for errors and retries that are 0 often, whatever
 * they are told as (a mean, a rate, a share); 0 when ${s} measures rather than counts.
 */
double ko_baseline_event(const struct ko_series *s);

/*
 * ko_baseline_fit(in, scratch, ret):
 * Learn what is ordinary from the history of ${in}; `from` and `to` are not looked at.
 *
 * Units:   scale is the largest of IQR/1.349, 1.4826 MAD, the distance of the outer
 *          tenths/1.2816 and the MAD of differences at lag 3, floored by 1 % of the
 *          centre and by the signal's own resolution; for counts the deviance residual of
 *          a Poisson variable takes the place of the difference, and the floor is 1
 * Owns:    ${scratch} holds temporary arrays; reset it when convenient
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n)
 * Source:  RobustScaler of BARO (Pham et al., FSE 2024) with the repairs that its ties at
 *          IQR 0 need; deviance residual: McCullagh and Nelder, 2nd ed., section 2.4.3
 */
KO_WARN_UNUSED enum ko_status ko_baseline_fit(const struct ko_baseline_in *in,
                                              struct ko_arena *scratch,
                                              struct ko_baseline *ret);

/* ko_baseline_residual(b, x): Signed deviation of ${x} in scales; NaN for a missing one.
 */
double ko_baseline_residual(const struct ko_baseline *b, double x);

/*
 * ko_baseline_score(in, scratch, ret):
 * Compare the judged stretch with the history by an empirical null: the extreme and the
 * median of stretches of the same length, slid over the history.
 *
 * Units:   see struct ko_baseline_score; comparable between signals of any unit
 * Errors:  KO_ENOMEM.  No history or no number in the stretch is not an error: score NaN
 * Cost:    O(n log n)
 * Source:  scores as tail probabilities under the signal's own history: Orchard et al.,
 *          "Root cause analysis of outliers with missing structural knowledge", NeurIPS
 *          2025; beyond the largest historical value the scale extrapolates
 */
KO_WARN_UNUSED enum ko_status ko_baseline_score(const struct ko_baseline_in *in,
                                                struct ko_arena *scratch,
                                                struct ko_baseline_score *ret);

#endif
