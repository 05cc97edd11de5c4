/* mask_memo.h: the templates of messages that are written like one before. */
#ifndef KO_REDUCE_MASK_MEMO_H
#define KO_REDUCE_MASK_MEMO_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kinds of messages remembered; past it, those that are not known stay so. */
enum { KO_MASK_MEMO_KINDS = 2048, KO_MASK_MEMO_SLOTS = 1024 };

struct ko_mask_kind;

/*
 * A kind is a message without the digits that are part of a hole whatever they are:
 *
 *   message   GET /v1/bills/4711 took 4980 ms
 *   kind      GET /v1/bills/ #   took #    ms
 *
 * All messages of a kind have one template.  Zeroed is empty.
 */
struct ko_mask_memo {
    struct ko_mask_kind *slots[KO_MASK_MEMO_SLOTS]; /* by the first bytes; the kind met
                                                       last stands first */
    size_t n;
};

/* ko_mask_memo_find(m, message, ret_text): The number that was given to the kind of
 * ${message}; false when it is new. */
bool ko_mask_memo_find(struct ko_mask_memo *m, struct ko_str message, uint32_t *ret_text);

/* ko_mask_memo_add(m, arena, message, text): Give the kind of ${message}, which is not
 * there yet, the number ${text} of its template.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_mask_memo_add(struct ko_mask_memo *m,
                                               struct ko_arena *arena,
                                               struct ko_str message, uint32_t text);

#endif
