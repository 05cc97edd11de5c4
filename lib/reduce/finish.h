/* finish.h: what the parts of ko_reducer_finish share; private to lib/reduce. */
#ifndef KO_REDUCE_FINISH_H
#define KO_REDUCE_FINISH_H

#include "reduce/board.h"
#include "reduce/state.h"
#include "reduce/window.h"

/* Third part of the keys of call_map: the first two are what ko_finish_call finds, the
 * last counts in the edges of the case. */
enum { KO_CALLS_LOG, KO_CALLS_TRACE, KO_CALLS_DECLARED };

/* Calls found in traces and logs. */
struct ko_calls {
    uint32_t caller, callee;
    uint64_t n, n_async;
    double weight;
    bool trace; /* else a log */
};

/* Spans of one operation that wrote one template. */
struct ko_op_count {
    uint32_t pattern;
    struct ko_str operation;
    double *v;                   /* by bucket of the realm of the pattern */
    double count;
};

struct ko_finish {
    struct ko_reducer *r;
    struct ko_case *c;
    struct ko_err *err;
    struct ko_arena arena;
    uint32_t *entity_of;   /* by raw name: index in the case */
    uint32_t *export_rank; /* by export: place of its name among all */
    struct ko_grid *grids; /* by realm: 0 the window, then the healthy exports by name */
    uint32_t *realm_of;    /* by export */
    size_t n_realms;
    uint32_t *group_of; /* by export: its cover group */
    struct ko_cover *covers;
    size_t n_groups;
    uint64_t *outside; /* by export: records outside its grid */
    struct ko_board board;
    struct ko_map call_map;
    KO_LIST(struct ko_calls) calls;
    KO_LIST(struct ko_op_count) op_counts;
};

/* finish_names.c: entities of the case, entity_of. */
KO_WARN_UNUSED enum ko_status ko_finish_names(struct ko_finish *f);
/* finish_window.c: grids, realms, covers, outside, head of the case. */
KO_WARN_UNUSED enum ko_status ko_finish_window(struct ko_finish *f);
/* finish_account.c: ledger records.  KO_ERANGE: a count does not add up. */
KO_WARN_UNUSED enum ko_status ko_finish_accounts(struct ko_finish *f);
/* finish_declared.c: what maps, edge lists, change and incident lists say. */
KO_WARN_UNUSED enum ko_status ko_finish_declared(struct ko_finish *f);
/* finish_log.c: log tracks to the board and calls. */
KO_WARN_UNUSED enum ko_status ko_finish_logs(struct ko_finish *f);
/* finish_span.c: spans joined to requests, calls and self time. */
KO_WARN_UNUSED enum ko_status ko_finish_spans(struct ko_finish *f);
/* finish_op.c: op_counts, and the series "op:<operation>" of the operations in it; after
 * finish_span.c. */
KO_WARN_UNUSED enum ko_status ko_finish_ops(struct ko_finish *f);
/*
 * finish_contact.c: contacts delivered again are dropped and counted, the others enter
 * the groups (before the cells are sorted); then the board.
 */
KO_WARN_UNUSED enum ko_status ko_finish_contact_groups(struct ko_finish *f);
KO_WARN_UNUSED enum ko_status ko_finish_contacts(struct ko_finish *f);
/* finish_metric.c, finish_template.c, finish_group.c */
KO_WARN_UNUSED enum ko_status ko_finish_metrics(struct ko_finish *f);
KO_WARN_UNUSED enum ko_status ko_finish_templates(struct ko_finish *f);
KO_WARN_UNUSED enum ko_status ko_finish_groups(struct ko_finish *f);
/* finish_combination.c */
KO_WARN_UNUSED enum ko_status ko_finish_combinations(struct ko_finish *f);
/* finish_edge.c: ko_finish_call adds a call, ko_finish_edges writes them. */
KO_WARN_UNUSED enum ko_status ko_finish_call(struct ko_finish *f,
                                             const struct ko_calls *call);
KO_WARN_UNUSED enum ko_status ko_finish_edges(struct ko_finish *f);

/* finish.c */

/* ko_finish_row(f, export, line, ret): "file:line" in the arena of the case. */
KO_WARN_UNUSED enum ko_status ko_finish_row(struct ko_finish *f, uint32_t export_index,
                                            uint64_t line, struct ko_str *ret);
/* ko_finish_masked(f, text, ret): ${text} in the case, without private data by default.
 */
KO_WARN_UNUSED enum ko_status ko_finish_masked(struct ko_finish *f, struct ko_str text,
                                               struct ko_str *ret);
/* ko_finish_nums(f, ret, n, fill): ${n} numbers ${fill} in the case. */
KO_WARN_UNUSED enum ko_status ko_finish_nums(struct ko_finish *f, ko_nums *ret, size_t n,
                                             double fill);
/* ko_finish_entity(f, raw): The entity of a name met while taking; KO_NO_ENTITY for "".
 */
uint32_t ko_finish_entity(struct ko_finish *f, struct ko_str raw);

#endif
