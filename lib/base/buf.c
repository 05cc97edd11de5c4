/* buf.c: a growing run of bytes with a stated maximum and a sticky status. */
#include "base/buf.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

void ko_buf_init(struct ko_buf *b, size_t max_bytes)
{
    *b = (struct ko_buf){.max_bytes = max_bytes};
}

void ko_buf_release(struct ko_buf *b)
{
    ko_mem_free(b->p);
    ko_buf_init(b, b->max_bytes);
}

void ko_buf_reset(struct ko_buf *b)
{
    b->n = 0;
    b->status = KO_OK;
}

static bool make_room(struct ko_buf *b, size_t more)
{
    if (b->status != KO_OK)
        return false;
    if (more > b->max_bytes - b->n) {
        b->status = KO_ELIMIT;
        return false;
    }
    size_t need = b->n + more;
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : 256;
    while (cap < need)
        cap = cap > b->max_bytes / 2 ? b->max_bytes : cap * 2;
    char *p = ko_mem_resize(b->p, cap, 1);
    if (p == NULL) {
        b->status = KO_ENOMEM;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

void ko_buf_put(struct ko_buf *b, struct ko_str s)
{
    if (s.n == 0 || !make_room(b, s.n))
        return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

char *ko_buf_room(struct ko_buf *b, size_t n)
{
    return make_room(b, n) ? b->p + b->n : NULL;
}

void ko_buf_puts(struct ko_buf *b, const char *z)
{
    ko_buf_put(b, ko_str(z));
}

void ko_buf_putc(struct ko_buf *b, char c)
{
    if (!make_room(b, 1))
        return;
    b->p[b->n++] = c;
}

void ko_buf_fill(struct ko_buf *b, char c, size_t n)
{
    if (n == 0 || !make_room(b, n))
        return;
    memset(b->p + b->n, c, n);
    b->n += n;
}

void ko_buf_printf(struct ko_buf *b, const char *fmt, ...)
{
    char small[256];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < 0) {
        b->status = b->status ? b->status : KO_ERANGE;
        return;
    }
    if ((size_t)n < sizeof small) {
        ko_buf_put(b, (struct ko_str){small, (size_t)n});
        return;
    }
    if (!make_room(b, (size_t)n + 1))
        return;
    va_start(ap, fmt);
    (void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->n += (size_t)n;
}

struct ko_str ko_buf_str(const struct ko_buf *b)
{
    return (struct ko_str){b->p, b->n};
}
