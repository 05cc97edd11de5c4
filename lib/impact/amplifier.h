/* amplifier.h: which part of the cascade makes it worse, with the figures that say so. */
#ifndef KO_IMPACT_AMPLIFIER_H
#define KO_IMPACT_AMPLIFIER_H

#include "base/list.h"
#include "base/status.h"
#include "case/case.h"
#include "impact/window.h"

enum ko_amplifier_kind {
    KO_AMPLIFIER_RETRY, /* attempts beyond the first are a larger share of its requests */
    KO_AMPLIFIER_CALLS, /* it calls another more often for each request of its own */
    KO_AMPLIFIER_LOAD,  /* it is asked more often than before */
    KO_AMPLIFIER_WAIT   /* each call to it holds its callers longer */
};

/*
 * before, during: the retries' share of all requests, NaN when only they are counted;
 * calls per request, NaN when no export counts both; the factor 1 and the load's factor;
 * the latency in the signal's unit.
 */
struct ko_amplifier {
    enum ko_amplifier_kind kind;
    uint32_t entity;
    double before, during;
    const struct ko_onset *onset; /* NULL for calls, and for retries without one */
    const struct ko_link *link;   /* of calls; NULL for the others */
};

typedef KO_LIST(struct ko_amplifier) ko_amplifiers;

/*
 * ko_amplifiers_find(c, w, ret):
 * The amplifiers among the entities of the cascade, retries first, then calls, load and
 * wait, the strongest of a kind first; ${ret} grows in the case's arena.
 *
 * Errors:  KO_ENOMEM
 * Source:  B. Beyer et al., "Site Reliability Engineering" 2016, ch. 21: a retry budget
 *          of 10 % of requests; the factor 1.3 of attempts is ours
 */
KO_WARN_UNUSED enum ko_status
ko_amplifiers_find(struct ko_case *c, const struct ko_window *w, ko_amplifiers *ret);

/* ko_amplifier_retries(c, w, entity, ret): The retries' share of the requests of
 * ${entity}; false when no export counts its attempts. */
bool ko_amplifier_retries(const struct ko_case *c, const struct ko_window *w,
                          uint32_t entity, struct ko_amplifier *ret);

#endif
