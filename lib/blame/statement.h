/* statement.h: log lines by the statement of code that wrote them, in one operation. */
#ifndef KO_BLAME_STATEMENT_H
#define KO_BLAME_STATEMENT_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

/*
 * All templates of one entity and operation that name the same place in the code, else
 * the one text; in the window and in the healthy time.
 */
struct ko_statement {
    uint32_t entity;
    struct ko_str op;                /* empty: lines outside operations */
    const struct ko_template *shown; /* the most frequent one: its text, row, sample */
    ko_nums v;                       /* a bucket of the window; empty: not written */
    ko_nums healthy; /* a bucket of the healthy time; empty: not written */
};

typedef KO_LIST(struct ko_statement) ko_statements;

/*
 * ko_statements_find(c, arena, ret):
 * Group the templates of ${c}.
 *
 * Shape:   ordered by entity, operation, place or text
 * Owns:    ${ret} is in ${arena} and points into ${c}
 * Errors:  KO_ENOMEM
 * Cost:    O(n log n + n * buckets)
 */
KO_WARN_UNUSED enum ko_status
ko_statements_find(const struct ko_case *c, struct ko_arena *arena, ko_statements *ret);

/* ko_statement_place(text): "Class#123" or "file.go:123" in ${text}; empty without. */
struct ko_str ko_statement_place(struct ko_str text);

#endif
