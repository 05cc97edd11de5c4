/* trouble.h: what is wrong with each entity, and since when: its onsets taken together.
 */
#ifndef KO_SPREAD_TROUBLE_H
#define KO_SPREAD_TROUBLE_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"
#include "spread/felt.h"

#include <stdbool.h>
#include <stddef.h>

/* Symptoms as bits: one a class of signal, as far as it got worse, and two of load. */
enum ko_symptom {
    KO_SYMPTOM_OTHER = 1 << KO_CLASS_OTHER,
    KO_SYMPTOM_LOAD_RISE = 1 << KO_CLASS_LOAD,
    KO_SYMPTOM_ERROR = 1 << KO_CLASS_ERROR,
    KO_SYMPTOM_LATENCY = 1 << KO_CLASS_LATENCY,
    KO_SYMPTOM_RESOURCE = 1 << KO_CLASS_RESOURCE,
    KO_SYMPTOM_QUEUE = 1 << KO_CLASS_QUEUE,
    KO_SYMPTOM_RETRY = 1 << KO_CLASS_RETRY,
    KO_SYMPTOM_CUSTOMER = 1 << KO_CLASS_CUSTOMER,
    KO_SYMPTOM_HEALTH = 1 << KO_CLASS_HEALTH,
    KO_SYMPTOM_LOAD_FALL = 1 << (KO_CLASS_HEALTH + 1)
};

/* The index of no onset: the trouble is inferred from a change (unseen.h). */
#define KO_TROUBLE_UNSEEN SIZE_MAX

/* The trouble of one entity: its heaviest group of onsets that are near in time. */
struct ko_trouble {
    uint32_t entity;
    ko_time time, lo, hi; /* when it began */
    ko_time end;          /* when the last of it was over; NONE: not in the window */
    double weight;        /* how much speaks for it; 1 is one clear symptom */
    double score;         /* the largest score of an onset in it */
    size_t n_clear;       /* onsets that would be enough alone */
    unsigned symptoms;    /* bits of enum ko_symptom */
    unsigned themes;      /* bits of enum ko_theme, from its messages */
    size_t main;          /* index of the onset that dates it; KO_TROUBLE_UNSEEN */
    size_t change;        /* of an unseen one: index into c->changes */
    struct ko_str told;   /* of an unseen one: its evidence */
    size_t by_class[KO_CLASS_HEALTH + 1]; /* 1 + index of the earliest onset; 0 none */
    size_t load_rise;                     /* the same for a rise of load */
    int kind;                             /* enum ko_entity_kind */
    double failing; /* share of its requests in the first minutes; NaN unknown */
};

typedef KO_LIST(struct ko_trouble) ko_troubles;

/*
 * ko_trouble_find(c, felts, scratch, ret):
 * Append the trouble of every entity that has one, ordered by time, then name.
 *
 * More load alone is no trouble, nor what it explains, nor is a better value, nor one
 * weak sign.
 *
 * Entities whose change is all that tells of their trouble are among them (unseen.h).
 *
 * What callers say of an entity that has signs of its own, or what two of them say of one
 * that has none, is a sign of its trouble too: who is dead says nothing.  A single caller
 * that complains may be the one that is broken.
 *
 * Owns:    the list is in ${scratch}; indices are into c->onsets
 * Errors:  KO_ENOMEM
 * Cost:    O(onsets log onsets)
 */
KO_WARN_UNUSED enum ko_status ko_trouble_find(const struct ko_case *c,
                                              const ko_felts *felts,
                                              struct ko_arena *scratch, ko_troubles *ret);

/* ko_trouble_evidence(c, t, onset): The id of the evidence of ${onset}, an index that
 * ${t} holds, or of the change that is all that tells of it. */
struct ko_str ko_trouble_evidence(const struct ko_case *c, const struct ko_trouble *t,
                                  size_t onset);

#endif
