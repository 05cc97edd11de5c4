/* drill.h: an incident whose truth is known: simulated, exported, told. */
#ifndef KO_DRILL_DRILL_H
#define KO_DRILL_DRILL_H

#include "base/buf.h"
#include "drill/model.h"
#include "drill/truth.h"
#include "event/time.h"

struct ko_drill_options {
    const struct ko_scenario *scenario;
    uint64_t seed;
    size_t services;   /* of the platform that is made up; 0: the usual parts */
    struct ko_str map; /* JSON of a map instead; empty: none */
    struct ko_str map_name;
    unsigned duration_s;                 /* 0: the scenario's */
    int skew_s, missing_percent, decoys; /* -1: the scenario's */
};

struct ko_drill {
    struct ko_drill_options opt; /* with every default filled in */
    struct ko_platform platform;
    struct ko_plan plan;
    struct ko_flow run, twin;
    struct ko_truth truth;
};

/*
 * ko_drill_run(opt, ret, err):
 * Build the platform, run it with and without the fault, and find the truth.
 *
 * Owns:    ret, until ko_drill_release, also after a failure
 * Errors:  those of ko_platform_read, ko_plan_make and ko_model_run
 */
KO_WARN_UNUSED enum ko_status ko_drill_run(const struct ko_drill_options *opt,
                                           struct ko_drill *ret, struct ko_err *err);
void ko_drill_release(struct ko_drill *d);

/*
 * ko_drill_contained(d, contain, ret_before, ret_after, err):
 * The customers served badly in the incident as it was, and with ${contain} in force.
 */
KO_WARN_UNUSED enum ko_status ko_drill_contained(const struct ko_drill *d,
                                                 const struct ko_containments *contain,
                                                 double *ret_before, double *ret_after,
                                                 struct ko_err *err);

/* ko_drill_time(second): The instant of a second of the drill. */
ko_time ko_drill_time(double second);

/* One file of the exports. */
struct ko_drill_export {
    const char *name; /* NULL ends */
    /* Nothing written: there is no such file. */
    void (*write)(const struct ko_drill *d, struct ko_buf *out);
};

/* In folders by kind; the last is truth.json, which is for nobody's eyes but the
 * scorer's. */
extern const struct ko_drill_export ko_drill_exports[];

void ko_drill_put_map(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_metrics(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_traces(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_logs(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_contacts(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_changes(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_incidents(const struct ko_drill *d, struct ko_buf *out);
/* ko_drill_put_impact(d, out): The member "impact" of the truth, with its comma. */
void ko_drill_put_impact(const struct ko_drill *d, struct ko_buf *out);
/* ko_drill_put_demand(d, out): The member "demand" of the truth, with its comma. */
void ko_drill_put_demand(const struct ko_drill *d, struct ko_buf *out);
/* ko_drill_put_signals(d, out): The member "signals" of the truth, with its comma. */
void ko_drill_put_signals(const struct ko_drill *d, struct ko_buf *out);
void ko_drill_put_truth(const struct ko_drill *d, struct ko_buf *out);

#endif
