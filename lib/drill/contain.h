/* contain.h: what a platform could do against an incident, for the question: what if? */
#ifndef KO_DRILL_CONTAIN_H
#define KO_DRILL_CONTAIN_H

#include "base/list.h"
#include "drill/platform.h"

enum ko_contain_kind {
    KO_CONTAIN_BREAKER,       /* link: stop calling while half of the calls fail */
    KO_CONTAIN_BULKHEAD,      /* link: a bounded part of the caller's slots */
    KO_CONTAIN_RETRY_LIMIT,   /* link: at most 10 % more calls by retries */
    KO_CONTAIN_TIMEOUT,       /* link: wait three times the healthy time, not longer */
    KO_CONTAIN_FALLBACK,      /* link: an answer without the callee */
    KO_CONTAIN_RATE_LIMIT,    /* node: refuse what exceeds 1.2 times the healthy load */
    KO_CONTAIN_LOAD_SHEDDING, /* node: refuse what would wait longer than half a second */
    KO_CONTAIN_KINDS
};

struct ko_containment {
    enum ko_contain_kind kind;
    uint32_t at; /* index of the link or the node */
};

struct ko_containments {
    struct ko_arena arena;
    KO_LIST(struct ko_containment) all;
};

/*
 * ko_contain_parse(list, p, text, err):
 * Add one of "KIND:CALLER→CALLEE" (or ->) and "KIND:NODE" to ${list}; a kind of links
 * with one name means every link to that callee.
 *
 * Errors:  KO_ESYNTAX no such kind or form; KO_ENOTFOUND no such node or link
 */
KO_WARN_UNUSED enum ko_status ko_contain_parse(struct ko_containments *list,
                                               const struct ko_platform *p,
                                               struct ko_str text, struct ko_err *err);
void ko_contain_release(struct ko_containments *list);

/* ko_contain_has(list, kind, at): Is it in force there?  NULL: nothing is. */
bool ko_contain_has(const struct ko_containments *list, enum ko_contain_kind kind,
                    uint32_t at);

#endif
