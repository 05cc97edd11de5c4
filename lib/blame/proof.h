/* proof.h: a clue in words, with the evidence record that it rests on. */
#ifndef KO_BLAME_PROOF_H
#define KO_BLAME_PROOF_H

#include "base/status.h"
#include "base/str.h"
#include "blame/clue.h"
#include "case/case.h"

/* What a reader can check. */
struct ko_proof {
    struct ko_str text;   /* one sentence with its numbers, without the evidence id */
    struct ko_str id;     /* of the evidence record */
    ko_time time, lo, hi; /* when the signal left its baseline; NONE unknown */
};

/*
 * ko_proof_make(c, clue, ret):
 * The sentence for ${clue} and its evidence: that of correlate's onset of the same signal
 * where there is one, else a new record.
 *
 * Owns:    texts are in the case's arena
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_proof_make(struct ko_case *c, const struct ko_clue *clue,
                                            struct ko_proof *ret);

/* ko_proof_onset(c, entity): The earliest onset of ${entity}'s own signals; NULL. */
const struct ko_onset *ko_proof_onset(const struct ko_case *c, uint32_t entity);

#endif
