/* scenario.h: what goes wrong, as a table: faults on named parts of any platform. */
#ifndef KO_DRILL_SCENARIO_H
#define KO_DRILL_SCENARIO_H

#include "drill/platform.h"

enum { KO_DRILL_FAULTS_MAX = 3 };

enum ko_fault_kind {
    KO_FAULT_NONE,
    KO_FAULT_SLOW,     /* its own work takes `size` times as long */
    KO_FAULT_ERROR,    /* `size` of its requests fail */
    KO_FAULT_CAPACITY, /* `size` of its slots are left */
    KO_FAULT_DEAD,     /* it neither answers nor says anything */
    KO_FAULT_CONTEXT,  /* `size` of what it hands over comes without its context */
    KO_FAULT_MISROUTE, /* `size` of what passes it reaches the wrong people */
    KO_FAULT_STALE,    /* `size` of its answers come out of old data */
    KO_FAULT_REGION    /* the whole region of every node is dead; customers move over */
};

struct ko_fault {
    enum ko_fault_kind kind;
    enum ko_part part; /* of its target; KO_PART_OTHER: drawn by the seed */
    double size;
    unsigned after_s, length_s; /* from the start of the incident; 0: to the end */
    int region;                 /* 1..; 0: all */
};

struct ko_scenario {
    const char *name, *what;
    struct ko_fault faults[KO_DRILL_FAULTS_MAX]; /* a KO_FAULT_NONE ends them early */
    double peak; /* healthy demand grows by this factor before the incident; 0: not */
    const char *change_kind, *change;         /* the change that set it off; NULL: none */
    unsigned decoys, missing_percent, skew_s; /* unless options say otherwise */
    unsigned duration_s;
    bool fragile; /* the target's callers retry hard and it has little room */
};

/* Ends with a row without name. */
extern const struct ko_scenario ko_scenarios[];

/* ko_scenario_find(name): NULL when absent. */
const struct ko_scenario *ko_scenario_find(struct ko_str name);

/* A fault with its target and its time found. */
struct ko_planned {
    enum ko_fault_kind kind;
    uint32_t node;
    double size;
    unsigned from_s, to_s; /* of the drill */
    int region;            /* index; -1: all */
};

struct ko_plan {
    const struct ko_scenario *scenario;
    struct ko_planned faults[KO_DRILL_FAULTS_MAX];
    size_t n;
    unsigned start_s, duration_s;
    unsigned peak_s; /* when the peak begins */
};

/*
 * ko_plan_make(s, p, seed, duration_s, ret):
 * Aim the scenario at ${p}.  The incident starts at about 60 % of ${duration_s}; the time
 * before is history.
 *
 * Errors:  KO_ENOTFOUND the platform has nothing that could fail
 */
KO_WARN_UNUSED enum ko_status ko_plan_make(const struct ko_scenario *s,
                                           struct ko_platform *p, uint64_t seed,
                                           unsigned duration_s, struct ko_plan *ret);

#endif
