/* ingest.h: exports into a case: what ingest does, and triage before its prompt. */
#ifndef KO_APP_INGEST_H
#define KO_APP_INGEST_H

#include "app/run.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "case/case.h"
#include "read/read.h"
#include "reduce/reduce.h"

#include <stdbool.h>
#include <stddef.h>

/* An export to read. */
struct ko_ingest_file {
    const char *path;
    struct ko_str bytes; /* of stdin when it was read already; p NULL: read path */
    bool normal;         /* from a healthy time */
    bool repeated;       /* another one in the list holds its records */
    struct ko_read_options read;
    struct ko_series_part series;
    struct ko_str said; /* what a look at all exports found out about it; a remark */
    char trouble[KO_ERR_TEXT]; /* why it cannot be read at all; "" if it can */
};

/* Everything that options and operands ask for; zeroed is nothing. */
struct ko_ingest {
    struct ko_arena arena;
    struct ko_buf alias_bytes; /* the names in reduce.aliases */
    struct ko_reduce_options reduce;
    size_t threads;                       /* that read; 0 is one */
    KO_LIST(struct ko_ingest_file) files; /* in the order of reading */
};

/*
 * ko_ingest_prepare(run, ing, stdin_bytes):
 * Fill ${ing} from the reading options and the operands of ${run}; no operand is stdin.
 * ${stdin_bytes} is what stdin held if it was read already, else NULL; borrowed.
 * A file that is not there is kept with its trouble: the others still tell something.
 *
 * Returns: false, with the reason said and the code set, for wrong usage;
 * ko_ingest_release in either case
 */
bool ko_ingest_prepare(struct ko_run *run, struct ko_ingest *ing,
                       const struct ko_buf *stdin_bytes);

/*
 * ko_ingest_run(run, ing, rejects, c):
 * Read every file into the initialised, empty case ${c}; ${rejects} (may be NULL) gets
 * every rejected record as a JSON line.  Where the exports tell about each other (see
 * second_look.h) all are read again with what was learnt, three times at most.
 *
 * Returns: false, with the reason said and the code set, when there is no case; true with
 *          run->code as the accounts deserve: done, damaged, or no usable input
 */
bool ko_ingest_run(struct ko_run *run, struct ko_ingest *ing, struct ko_buf *rejects,
                   struct ko_case *c);

/*
 * ko_ingest_partial(run, ing, rejects, out):
 * Read every file as ko_ingest_run does, and append to ${out} the part (see
 * reduce/part.h) that the exports are, to be merged with others.
 */
bool ko_ingest_partial(struct ko_run *run, struct ko_ingest *ing, struct ko_buf *rejects,
                       struct ko_buf *out);

/* ko_ingest_merge(run, ing, c, out): The case of the parts that the operands name, into
 * ${c}; their one part, appended to ${out}, where that is not NULL.  ${ing} is filled. */
bool ko_ingest_merge(struct ko_run *run, struct ko_ingest *ing, struct ko_case *c,
                     struct ko_buf *out);

void ko_ingest_release(struct ko_ingest *ing);

#endif
