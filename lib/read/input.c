/* input.c: the bytes of one export as physical lines, gathered into records without
 * copying. */
#include "read/input.h"

#include "base/mem.h"
#include "read/read.h"

#include <string.h>

enum { BLOCK_BYTES = 64 << 10 };

/* Drop what is taken, so that the room is used again. */
static void compact(struct ko_input *in)
{
    if (in->own == NULL || in->start == 0)
        return;
    memmove(in->own, in->own + in->start, in->n - in->start);
    in->n -= in->start;
    in->cursor -= in->start;
    in->last -= in->last >= in->start ? in->start : in->last;
    in->start = 0;
}

static enum ko_status reserve_block(struct ko_input *in)
{
    if (in->cap - in->n >= BLOCK_BYTES)
        return KO_OK;
    compact(in);
    if (in->cap - in->n >= BLOCK_BYTES)
        return KO_OK;
    size_t cap = in->cap * 2 + 2 * BLOCK_BYTES;
    char *grown = ko_mem_resize(in->own, cap, 1);
    if (grown == NULL)
        return KO_ENOMEM;
    in->own = grown;
    in->p = grown;
    in->cap = cap;
    return KO_OK;
}

/* One block more behind what is there; at_end once there is none. */
static enum ko_status fill(struct ko_input *in)
{
    if (in->at_end)
        return KO_OK;
    enum ko_status st = reserve_block(in);
    if (st != KO_OK)
        return st;
    size_t got = 0;
    st = in->source.pull(in->source.ctx, in->own + in->n, BLOCK_BYTES, &got, NULL);
    if (st == KO_ENOMEM)
        return st;
    in->has_nul |= got > 0 && memchr(in->own + in->n, '\0', got) != NULL;
    in->n += got;
    in->at_end = st != KO_OK || got < BLOCK_BYTES;
    return KO_OK;
}

enum ko_status ko_input_init(struct ko_input *in, struct ko_source source,
                             size_t line_max)
{
    *in = (struct ko_input){.source = source,
                            .start_line = 1,
                            .line_max = line_max > 0 ? line_max : KO_READ_LINE_MAX};
    return fill(in);
}

void ko_input_init_bytes(struct ko_input *in, struct ko_str bytes, size_t line_max)
{
    *in = (struct ko_input){.p = bytes.n > 0 ? bytes.p : "",
                            .n = bytes.n,
                            .has_nul = bytes.n > 0 && memchr(bytes.p, '\0', bytes.n),
                            .at_end = true,
                            .start_line = 1,
                            .line_max = line_max > 0 ? line_max : KO_READ_LINE_MAX};
}

void ko_input_at(struct ko_input *in, uint64_t line, uint64_t offset)
{
    in->start_line = line;
    in->start_offset = offset;
}

void ko_input_release(struct ko_input *in)
{
    ko_mem_free(in->own);
    *in = (struct ko_input){0};
}

enum ko_status ko_input_head(struct ko_input *in, struct ko_str *ret)
{
    while (!in->at_end && in->n - in->start < KO_READ_HEAD_BYTES) {
        enum ko_status st = fill(in);
        if (st != KO_OK)
            return st;
    }
    *ret = ko_str_sub((struct ko_str){in->p, in->n}, in->start, KO_READ_HEAD_BYTES);
    return KO_OK;
}

/* Of an overlong line only the head stays in memory; cursor is where the line begins. */
static void drop_middle(struct ko_input *in)
{
    size_t kept = in->cursor + KO_READ_LINE_KEPT;
    if (in->own == NULL || in->n - in->cursor <= in->line_max || in->n <= kept)
        return;
    in->skipped += in->n - kept;
    in->n = kept;
}

/* The line that begins at the cursor ends where? Fills until that is known. */
static enum ko_status find_end(struct ko_input *in, size_t *ret_lf, bool *ret_has_lf)
{
    size_t seen = 0;
    for (;;) {
        size_t from = in->cursor + seen;
        const char *lf = in->n > from ? memchr(in->p + from, '\n', in->n - from) : NULL;
        *ret_has_lf = lf != NULL;
        *ret_lf = lf != NULL ? (size_t)(lf - in->p) : in->n;
        if (lf != NULL || in->at_end)
            return KO_OK;
        drop_middle(in);
        seen = in->n - in->cursor;
        enum ko_status st = fill(in);
        if (st != KO_OK)
            return st;
    }
}

static enum ko_line_flaw flaw_of(const struct ko_input *in, struct ko_str text,
                                 uint64_t skipped)
{
    if (skipped > 0 || text.n > in->line_max)
        return KO_LINE_TOO_LONG;
    bool has_nul = in->has_nul && memchr(text.p, '\0', text.n) != NULL;
    return has_nul ? KO_LINE_NUL : KO_LINE_GOOD;
}

enum ko_status ko_input_line(struct ko_input *in, struct ko_line *ret)
{
    size_t lf;
    bool has_lf;
    uint64_t skipped_before = in->skipped;
    enum ko_status st = find_end(in, &lf, &has_lf);
    if (st != KO_OK)
        return st;
    if (lf == in->cursor && !has_lf)
        return KO_END;
    bool has_cr = has_lf && lf > in->cursor && in->p[lf - 1] == '\r';
    size_t end = has_cr ? lf - 1 : lf;
    struct ko_str text = {in->p + in->cursor, end - in->cursor};
    uint64_t skipped = in->skipped - skipped_before;
    *ret = (struct ko_line){.text = text,
                            .number = in->start_line + in->pending.lines,
                            .offset = in->start_offset + in->pending.content +
                                      in->pending.terminators,
                            .flaw = flaw_of(in, text, skipped)};
    if (ret->flaw == KO_LINE_TOO_LONG)
        ret->text = ko_str_sub(text, 0, KO_READ_LINE_KEPT);
    in->pending.content += text.n + skipped;
    in->pending.terminators += (has_lf ? 1U : 0U) + (has_cr ? 1U : 0U);
    in->pending.lines++;
    in->last = end;
    in->cursor = has_lf ? lf + 1 : lf;
    return KO_OK;
}

enum ko_status ko_input_rest(struct ko_input *in, size_t max_bytes, struct ko_str *ret)
{
    while (!in->at_end) {
        if (in->n - in->start > max_bytes)
            return KO_ELIMIT;
        enum ko_status st = fill(in);
        if (st != KO_OK)
            return st;
    }
    if (in->n - in->start > max_bytes)
        return KO_ELIMIT;
    *ret = (struct ko_str){in->p + in->start, in->n - in->start};
    in->pending = (struct ko_weight){0};
    in->cursor = in->start;
    return KO_OK;
}

struct ko_str ko_input_record(const struct ko_input *in)
{
    return (struct ko_str){in->p + in->start, in->last - in->start};
}

uint64_t ko_input_line_number(const struct ko_input *in)
{
    return in->start_line;
}

uint64_t ko_input_offset(const struct ko_input *in)
{
    return in->start_offset;
}

struct ko_weight ko_input_weight(const struct ko_input *in)
{
    return in->pending;
}

void ko_input_back(struct ko_input *in, uint64_t lines)
{
    if (in->skipped > 0 || lines >= in->pending.lines)
        return;
    in->pending = (struct ko_weight){0};
    in->cursor = in->last = in->start;
    for (uint64_t i = 0; i < lines; i++) {
        struct ko_line line;
        if (ko_input_line(in, &line) != KO_OK)
            return;
    }
}

void ko_input_take(struct ko_input *in)
{
    in->start_offset += in->pending.content + in->pending.terminators;
    in->start_line += in->pending.lines;
    in->start = in->last = in->cursor;
    in->pending = (struct ko_weight){0};
    in->skipped = 0;
}

/* What a stretch of a document weighs: CR LF and LF are line ends. */
static struct ko_weight weigh(struct ko_str s)
{
    struct ko_weight w = {0};
    for (struct ko_str rest = s; rest.n > 0;) {
        size_t at;
        if (!ko_str_chr(rest, '\n', &at))
            break;
        w.lines++;
        w.terminators += 1U + (at > 0 && rest.p[at - 1] == '\r' ? 1U : 0U);
        rest = ko_str_skip(rest, at + 1);
    }
    w.content = s.n - w.terminators;
    return w;
}

struct ko_weight ko_input_take_bytes(struct ko_input *in, size_t n)
{
    struct ko_weight w = weigh((struct ko_str){in->p + in->start, n});
    in->start += n;
    in->cursor = in->last = in->start;
    in->start_offset += n;
    in->start_line += w.lines;
    return w;
}
