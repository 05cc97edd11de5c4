/* board.h: the event signals of a case while they are added up, bucket by bucket. */
#ifndef KO_REDUCE_BOARD_H
#define KO_REDUCE_BOARD_H

#include "base/list.h"
#include "base/map.h"
#include "case/case.h"
#include "reduce/cells.h"
#include "reduce/window.h"

/* In the order in which they are written. */
enum ko_signal {
    KO_SIGNAL_REQUESTS,
    KO_SIGNAL_ERRORS,
    KO_SIGNAL_LATENCY,
    KO_SIGNAL_SELF_TIME,
    KO_SIGNAL_RETRIES,
    KO_SIGNAL_LINES,
    KO_SIGNAL_LOG_ERRORS,
    KO_SIGNAL_OFFERED,
    KO_SIGNAL_ABANDONED,
    KO_SIGNAL_WAIT,
    KO_SIGNAL_HANDLE,
    KO_SIGNAL_TRANSFERRED,
    KO_SIGNAL_REPEATS,
    KO_SIGNAL_FALLBACK,
    KO_SIGNAL_HANDOFF_FAILED,
    KO_SIGNAL_AUTH_FAILED
};

/* What measured it: where spans measure the requests of an entity, its logs do not. */
enum ko_source { KO_SOURCE_LOG, KO_SOURCE_SPAN, KO_SOURCE_CONTACT };

/* Which row of the board.  realm 0: the window; 1 + i: the healthy export i. */
struct ko_row_key {
    uint32_t realm, entity, caller;
    enum ko_signal signal;
    enum ko_source source;
};

/* grid->n buckets each of count, sum, and of the distribution for durations. */
struct ko_row {
    struct ko_row_key key;
    const struct ko_grid *grid;
    uint64_t *count;
    ko_fixed *sum;         /* ns of durations */
    struct ko_hist *hist;  /* NULL for counts */
    bool *covered;         /* an export of the kind that feeds it covers the bucket */
    unsigned char *fed;    /* by cover group: already in `covered` */
    uint32_t export_index; /* the first by name that fed it */
};

/* Time that exports of one kind cover, by bucket of their realm. */
struct ko_cover {
    const bool *covered;
};

struct ko_board {
    struct ko_arena arena;
    struct ko_map map;
    KO_LIST(struct ko_row *) rows;
    /* set by the owner */
    const struct ko_grid *grids;   /* by realm */
    const uint32_t *realm_of;      /* by export */
    const uint32_t *group_of;      /* by export: its cover group */
    const struct ko_cover *covers; /* by cover group */
    size_t n_groups;
    const uint32_t *export_rank; /* by export: place of its name */
};

void ko_board_release(struct ko_board *b);

/*
 * ko_board_row(b, key, export, ret):
 * The row of ${key}, whose realm is that of ${export_index}; added, and its covered
 * buckets widened by that export, when needed.  KO_ENOMEM, KO_ELIMIT.
 */
KO_WARN_UNUSED enum ko_status ko_board_row(struct ko_board *b, struct ko_row_key key,
                                           uint32_t export_index, struct ko_row **ret);

/* ko_row_count(row, t, n): Add ${n} at ${t}; nothing outside the grid. */
void ko_row_count(struct ko_row *row, ko_time t, uint64_t n);
/* ko_row_dur(row, t, dur): Add a duration. */
KO_WARN_UNUSED enum ko_status ko_row_dur(struct ko_row *row, ko_time t, ko_dur dur);
/* ko_row_sum(row, t, n, sum): Add ${n} durations of ${sum} ns together, without their
 * distribution. */
void ko_row_sum(struct ko_row *row, ko_time t, uint64_t n, ko_fixed sum);

/*
 * ko_board_write(b, c, weights, files):
 * Append the rows to c->series in order of entity, caller, signal and realm.
 *
 * weights: by source, what one record stands for (sampling); files: names by export
 */
KO_WARN_UNUSED enum ko_status ko_board_write(struct ko_board *b, struct ko_case *c,
                                             const double *weights,
                                             const struct ko_str *files);

#endif
