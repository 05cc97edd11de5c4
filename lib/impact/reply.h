/* reply.h: building an answer record line by line, with one status to read at the end. */
#ifndef KO_IMPACT_REPLY_H
#define KO_IMPACT_REPLY_H

#include "base/buf.h"
#include "base/status.h"
#include "case/case.h"

/*
 * Text goes to `line` with the ko_buf functions; ko_reply_end ends it: the first line is
 * the headline, the next ones go to `more`.  The first failure stays in `status`.
 */
struct ko_reply {
    struct ko_case *c;
    struct ko_buf line;
    struct ko_answer answer;
    enum ko_status status;
};

/* ko_reply_init(r, c, question), ko_reply_release(r): Begin an answer; free it. */
void ko_reply_init(struct ko_reply *r, struct ko_case *c, const char *question);
void ko_reply_release(struct ko_reply *r);

/* ko_reply_end(r): End the line under way; an empty one is left out. */
void ko_reply_end(struct ko_reply *r);
/* ko_reply_say(r, z): The whole line ${z}. */
void ko_reply_say(struct ko_reply *r, const char *z);
/* ko_reply_cite(r, id): Name the evidence ${id}, once; "" is left out. */
void ko_reply_cite(struct ko_reply *r, struct ko_str id);
void ko_reply_verdict(struct ko_reply *r, struct ko_str verdict);

/* ko_reply_finish(r): Add the answer to the case.  The first failure of all. */
KO_WARN_UNUSED enum ko_status ko_reply_finish(struct ko_reply *r);

/* ko_say_keep(c, b, ret): Copy ${b} into the case's arena and empty it; its status. */
KO_WARN_UNUSED enum ko_status ko_say_keep(struct ko_case *c, struct ko_buf *b,
                                          struct ko_str *ret);
/* ko_say_amount(b, x, unit): "12%" for a ratio (unit "ratio"), "4.9 s" for s, ms and us,
 * else the number and its unit. */
void ko_say_amount(struct ko_buf *b, double x, struct ko_str unit);

/* ko_say_failing(c, entity, text, before, after, ret): Add evidence that such a share of
 * the interactions of ${entity} failed; ${ret} gets its id. */
KO_WARN_UNUSED enum ko_status ko_say_failing(struct ko_case *c, uint32_t entity,
                                             struct ko_str text, double before,
                                             double after, struct ko_str *ret);

/* ko_say_unknown(c, what, needs): Add an unknown record with copies of both. */
KO_WARN_UNUSED enum ko_status ko_say_unknown(struct ko_case *c, struct ko_str what,
                                             struct ko_str needs);

#endif
