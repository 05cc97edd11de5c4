/* buf.h: a growing run of bytes with a stated maximum and a sticky status. */
#ifndef KO_BASE_BUF_H
#define KO_BASE_BUF_H

#include "base/status.h"
#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>

/*
 * Appends return nothing: after the first failure (KO_ENOMEM, KO_ELIMIT) they do nothing
 * more and `status` tells, to be read once at the end.
 */
struct ko_buf {
    char *p;
    size_t n;
    size_t max_bytes;
    enum ko_status status;
    /* private to buf.c */
    size_t cap;
};

/* For output whose size our own caps already bound. */
#define KO_BUF_MAX ((size_t)1 << 40)

/* ko_buf_init(b, max_bytes): Make ${b} empty; it will hold at most ${max_bytes}. */
void ko_buf_init(struct ko_buf *b, size_t max_bytes);
/* ko_buf_release(b): Free the bytes; ${b} is empty, its maximum kept. */
void ko_buf_release(struct ko_buf *b);
/* ko_buf_reset(b): Empty ${b}, clear its status, keep its memory. */
void ko_buf_reset(struct ko_buf *b);

void ko_buf_put(struct ko_buf *b, struct ko_str s);
void ko_buf_puts(struct ko_buf *b, const char *z);
void ko_buf_putc(struct ko_buf *b, char c);
/* ko_buf_fill(b, c, n): Append ${n} times ${c}. */
void ko_buf_fill(struct ko_buf *b, char c, size_t n);
void ko_buf_printf(struct ko_buf *b, const char *fmt, ...) KO_PRINTF(2, 3);

/* ko_buf_room(b, n): Where the next ${n} bytes can be written, to be counted in b->n by
 * whoever does; NULL, and b->status says why, where there is no room. */
char *ko_buf_room(struct ko_buf *b, size_t n);

/* ko_buf_str(b): The bytes so far; valid until the next append. */
struct ko_str ko_buf_str(const struct ko_buf *b);

#endif
