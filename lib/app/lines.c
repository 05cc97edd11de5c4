/* lines.c: where the lines of the prompt come from. */
#include "app/lines.h"

#include "base/file.h"

#include <stdbool.h>

/* The line is whole: drop the CR of a CRLF. */
static enum ko_status finish(struct ko_buf *line, size_t from, struct ko_err *err)
{
    if (line->status != KO_OK)
        return ko_err_nomem(err);
    if (line->n > from && line->p[line->n - 1] == '\r')
        line->n--;
    return KO_OK;
}

enum ko_status ko_line_read(int fd, struct ko_buf *ret_line, struct ko_err *err)
{
    size_t from = ret_line->n;
    bool any = false;
    for (;;) {
        char c;
        size_t n = 0;
        enum ko_status st = ko_file_read(fd, &c, 1, &n, err);
        if (st != KO_OK)
            return st;
        if (n == 0 && !any)
            return KO_END;
        if (n == 0 || c == '\n')
            return finish(ret_line, from, err);
        if (ret_line->n - from >= KO_LINE_MAX)
            return ko_err_set(err, KO_ELIMIT, "a command line is longer than %d bytes",
                              KO_LINE_MAX);
        ko_buf_putc(ret_line, c);
        any = true;
    }
}
