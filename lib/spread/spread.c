/* spread.c: the stage: onsets, then links, then chains. */
#include "spread/spread.h"

#include "spread/amplify.h"
#include "spread/carry.h"
#include "spread/chain.h"
#include "spread/felt.h"
#include "spread/link.h"
#include "spread/metastable.h"
#include "spread/onset.h"
#include "spread/relation.h"
#include "spread/silence.h"
#include "spread/trouble.h"

/* Clocks of well-kept hosts agree within this. */
static const ko_dur CLOCK_SKEW = 2 * KO_SECOND;

static enum ko_status find_chains(struct ko_case *c, ko_dur skew,
                                  struct ko_arena *scratch)
{
    ko_felts felts = {0};
    ko_troubles troubles = {0};
    ko_relations relations = {0};
    ko_paths paths = {0};
    enum ko_status st = ko_felt_find(c, scratch, &felts);
    if (st == KO_OK)
        st = ko_trouble_find(c, &felts, scratch, &troubles);
    if (st == KO_OK)
        st = ko_carry_weigh(c, &troubles, scratch, &felts);
    if (st == KO_OK)
        st = ko_relation_find(c, &troubles, &felts, scratch, &relations);
    if (st == KO_OK)
        st = ko_link_candidates(c, &troubles, &relations, skew, scratch, &paths);
    if (st == KO_OK)
        st = ko_chain_find(c, &troubles, &paths, scratch);
    if (st == KO_OK)
        st = ko_amplify_find(c, &troubles, &relations, scratch);
    return st == KO_OK ? ko_metastable_find(c, &troubles, &relations, scratch) : st;
}

enum ko_status ko_spread_run(struct ko_case *c, const struct ko_spread_options *opt,
                             struct ko_err *err)
{
    ko_dur skew = opt != NULL && opt->clock_skew >= 0 ? opt->clock_skew : CLOCK_SKEW;
    struct ko_arena scratch = {0};
    enum ko_status st = KO_OK;
    if (c->head.step > 0 && c->head.buckets > 0) {
        st = ko_onset_find(c, &scratch);
        if (st == KO_OK)
            st = ko_silence_find(c, &scratch);
        if (st == KO_OK)
            st = find_chains(c, skew, &scratch);
    }
    ko_arena_release(&scratch);
    return st == KO_ENOMEM ? ko_err_nomem(err) : st;
}
