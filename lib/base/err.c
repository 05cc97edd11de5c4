/* err.c: what went wrong, where in which input, and what to do: one object that the
 * caller owns. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum ko_status ko_err_set(struct ko_err *err, enum ko_status status, const char *fmt, ...)
{
    if (err == NULL)
        return status;
    memset(err, 0, sizeof *err);
    err->status = status;
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(err->text, sizeof err->text, fmt, ap);
    va_end(ap);
    return status;
}

void ko_err_at(struct ko_err *err, struct ko_str source, uint64_t line, uint64_t column)
{
    if (err == NULL)
        return;
    size_t n = source.n < sizeof err->source - 1 ? source.n : sizeof err->source - 1;
    if (n)
        memcpy(err->source, source.p, n);
    err->source[n] = '\0';
    err->line = line;
    err->column = column;
}

enum ko_status ko_err_nomem(struct ko_err *err)
{
    return ko_err_set(err, KO_ENOMEM, "out of memory; give fewer or smaller exports");
}
