/* told.h: what a truth, or a case, says about an incident, in the same words. */
#ifndef KO_DRILL_TOLD_H
#define KO_DRILL_TOLD_H

#include "base/err.h"
#include "base/list.h"
#include "base/str.h"

#include <stdbool.h>

struct ko_told_node {
    struct ko_str name;
    double at_s; /* onset; NaN not said */
};

struct ko_told_edge {
    struct ko_str from, to, mechanism;
};

struct ko_told_amplifier {
    struct ko_str caller, callee;
    double factor; /* NaN not said */
};

struct ko_told {
    struct ko_arena arena;
    KO_LIST(struct ko_told_node) nodes; /* each once */
    KO_LIST(struct ko_told_edge) edges; /* each pair once */
    KO_LIST(struct ko_told_amplifier) amplifiers;
    KO_LIST(struct ko_str) origins; /* of a case: its suspects, best first */
    KO_LIST(struct ko_str) bystanders;
    KO_LIST(struct ko_str) changes; /* guilty ones, by id */
    size_t chains;
    bool metastable;
    double bucket_s;
};

/* ko_told_truth(json, source, ret, err): From truth.json.  KO_ESYNTAX; KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_told_truth(struct ko_str json, struct ko_str source,
                                            struct ko_told *ret, struct ko_err *err);
/* ko_told_case(stream, source, ret, err): From a finished case.  KO_ESYNTAX; KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status ko_told_case(struct ko_str stream, struct ko_str source,
                                           struct ko_told *ret, struct ko_err *err);
void ko_told_release(struct ko_told *t);

/* Adders that keep the first of equal ones, the earlier time of a node. */
KO_WARN_UNUSED enum ko_status ko_told_add_node(struct ko_told *t, struct ko_str name,
                                               double at_s);
KO_WARN_UNUSED enum ko_status ko_told_add_edge(struct ko_told *t, struct ko_str from,
                                               struct ko_str to, struct ko_str mechanism);
KO_WARN_UNUSED enum ko_status ko_told_add_amplifier(struct ko_told *t,
                                                    struct ko_str caller,
                                                    struct ko_str callee, double factor);
KO_WARN_UNUSED enum ko_status ko_told_add_origin(struct ko_told *t, struct ko_str name);
KO_WARN_UNUSED enum ko_status ko_told_add_bystander(struct ko_told *t,
                                                    struct ko_str name);
KO_WARN_UNUSED enum ko_status ko_told_add_change(struct ko_told *t, struct ko_str id);

/* ko_told_node(t, name), ko_told_edge(t, from, to): NULL when not there. */
const struct ko_told_node *ko_told_node(const struct ko_told *t, struct ko_str name);
const struct ko_told_edge *ko_told_edge(const struct ko_told *t, struct ko_str from,
                                        struct ko_str to);
const struct ko_told_amplifier *
ko_told_amplifier(const struct ko_told *t, struct ko_str caller, struct ko_str callee);

#endif
