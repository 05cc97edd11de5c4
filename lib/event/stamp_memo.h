/* stamp_memo.h: times read along the one before them: the same text is the same instant,
 * and one that differs in its seconds alone is not read anew. */
#ifndef KO_EVENT_STAMP_MEMO_H
#define KO_EVENT_STAMP_MEMO_H

#include "base/status.h"
#include "base/str.h"
#include "event/time.h"

#include <stddef.h>

enum { KO_STAMP_MEMO_TEXT = 48 };

/* Zeroed remembers nothing. */
struct ko_stamp_memo {
    /* private to stamp_memo.c */
    char text[KO_STAMP_MEMO_TEXT];
    size_t n;
    size_t second, fraction_n; /* place of the two digits; digits behind their point */
    ko_time minute;            /* the instant without its seconds; second 0: not apart */
    struct ko_stamp stamp;
};

/* ko_stamp_memo_parse(m, s, ret): As ko_time_parse(s, ret). */
KO_WARN_UNUSED enum ko_status ko_stamp_memo_parse(struct ko_stamp_memo *m,
                                                  struct ko_str s, struct ko_stamp *ret);

/* ko_stamp_memo_prefix(m, line, ret, ret_n): As ko_time_prefix(line, ret, ret_n). */
KO_WARN_UNUSED enum ko_status ko_stamp_memo_prefix(struct ko_stamp_memo *m,
                                                   struct ko_str line,
                                                   struct ko_stamp *ret, size_t *ret_n);

#endif
