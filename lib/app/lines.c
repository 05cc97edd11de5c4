/* lines.c: where the lines of the prompt come from. */
#include "app/lines.h"

#include "base/file.h"

enum { PENDING_BYTES = 1024 * 1024, BLOCK_BYTES = 4096 };

void ko_line_source_init(struct ko_line_source *s, int fd)
{
    *s = (struct ko_line_source){.fd = fd};
    ko_buf_init(&s->pending, PENDING_BYTES);
}

void ko_line_source_release(struct ko_line_source *s)
{
    ko_buf_release(&s->pending);
}

static enum ko_status fill(struct ko_line_source *s, struct ko_err *err)
{
    char block[BLOCK_BYTES];
    size_t n = 0;
    enum ko_status st = ko_file_read(s->fd, block, sizeof block, &n, err);
    if (st != KO_OK)
        return st;
    s->ended = n < sizeof block;
    ko_buf_put(&s->pending, (struct ko_str){block, n});
    if (s->pending.status == KO_ENOMEM)
        return ko_err_nomem(err);
    if (s->pending.status != KO_OK)
        return ko_err_set(err, KO_ELIMIT, "a command line is longer than %d bytes",
                          PENDING_BYTES);
    return KO_OK;
}

/* Move the first ${n} pending bytes, and the newline behind them, to ${ret_line}. */
static void give(struct ko_line_source *s, size_t n, struct ko_buf *ret_line)
{
    struct ko_str line = ko_str_sub(ko_buf_str(&s->pending), 0, n);
    struct ko_str rest = ko_str_skip(ko_buf_str(&s->pending), n + 1);
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    ko_buf_put(ret_line, line);
    for (size_t i = 0; i < rest.n; i++)
        s->pending.p[i] = rest.p[i];
    s->pending.n = rest.n;
}

enum ko_status ko_line_source_next(struct ko_line_source *s, struct ko_buf *ret_line,
                                   struct ko_err *err)
{
    size_t at;
    while (!ko_str_chr(ko_buf_str(&s->pending), '\n', &at)) {
        if (s->ended && s->pending.n == 0)
            return KO_END;
        if (s->ended) {
            at = s->pending.n;
            break;
        }
        enum ko_status st = fill(s, err);
        if (st != KO_OK)
            return st;
    }
    give(s, at, ret_line);
    return ret_line->status == KO_ENOMEM ? ko_err_nomem(err) : ret_line->status;
}
