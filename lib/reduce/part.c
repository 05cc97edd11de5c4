/* part.c: what was read of some exports, kept until the others are there. */
#include "reduce/part.h"

#include "base/digest.h"
#include "reduce/part_records.h"

#include <stdlib.h>

#define MAGIC KO_STR("knockon part 1\n")
#define ANY_MAGIC KO_STR("knockon part ")
enum { CHECK_BYTES = 8 };

static uint64_t check_of(struct ko_str bytes)
{
    struct ko_digest digest = {.bytes = 0};
    ko_digest_add(&digest, bytes);
    return ko_digest_get(&digest);
}

static struct ko_part_file *file_at(struct ko_codec *c, struct ko_part *part, size_t i)
{
    struct ko_part_file *f = ko_codec_writes(c) ? &part->files.v[i] : NULL;
    if (f == NULL)
        KO_LIST_ADD(&part->arena, &part->files, f);
    if (f == NULL)
        c->status = KO_ENOMEM;
    return f;
}

static void files(struct ko_codec *c, struct ko_part *part)
{
    size_t n = part->files.n;
    ko_codec_count(c, &n);
    for (size_t i = 0; i < n && c->status == KO_OK; i++) {
        struct ko_part_file *f = file_at(c, part, i);
        if (f == NULL)
            return;
        ko_codec_str(c, &f->path);
        ko_codec_bool(c, &f->normal);
        ko_codec_bool(c, &f->repeated);
        f->ledger.arena = c->arena;
        ko_part_ledger(c, &f->ledger);
        ko_part_marks(c, &f->marks);
    }
}

static void head(struct ko_codec *c, struct ko_part *part)
{
    ko_part_options(c, &part->options);
    ko_codec_bool(c, &part->incomplete);
    files(c, part);
}

static int by_path(const void *a, const void *b)
{
    return ko_str_cmp(((const struct ko_part_file *)a)->path,
                      ((const struct ko_part_file *)b)->path);
}

enum ko_status ko_part_write(struct ko_part *part, struct ko_buf *out)
{
    struct ko_codec c = {.out = out};
    size_t from = out->n;
    enum ko_status st = ko_part_in_order(part->reducer);
    if (st != KO_OK)
        return st;
    if (part->files.n > 1)
        qsort(part->files.v, part->files.n, sizeof *part->files.v, by_path);
    ko_buf_put(out, MAGIC);
    head(&c, part);
    st = ko_part_state(&c, part->reducer);
    uint64_t check = check_of(ko_str_skip(ko_buf_str(out), from));
    for (unsigned i = 0; i < CHECK_BYTES; i++)
        ko_buf_putc(out, (char)(unsigned char)(check >> (8 * i)));
    return st == KO_OK ? out->status : st;
}

static bool is_whole(struct ko_str bytes)
{
    if (bytes.n < MAGIC.n + CHECK_BYTES)
        return false;
    uint64_t check = 0;
    struct ko_str body = ko_str_sub(bytes, 0, bytes.n - CHECK_BYTES);
    for (unsigned i = 0; i < CHECK_BYTES; i++)
        check |= (uint64_t)(unsigned char)bytes.p[body.n + i] << (8 * i);
    return check == check_of(body);
}

static enum ko_status refuse(struct ko_str bytes, struct ko_err *err)
{
    if (ko_str_starts(bytes, MAGIC))
        return ko_err_set(err, KO_ESYNTAX, "the part is damaged");
    if (ko_str_starts(bytes, ANY_MAGIC))
        return ko_err_set(err, KO_EUNSUPPORTED, "the part is of another version");
    return ko_err_set(err, KO_ESYNTAX, "this is no part that ingest --partial wrote");
}

enum ko_status ko_part_read(struct ko_str bytes, struct ko_part *part, struct ko_err *err)
{
    if (!ko_str_starts(bytes, MAGIC) || !is_whole(bytes))
        return refuse(bytes, err);
    struct ko_codec c = {.arena = &part->arena};
    c.in = ko_str_sub(bytes, MAGIC.n, bytes.n - MAGIC.n - CHECK_BYTES);
    head(&c, part);
    if (c.status == KO_OK) {
        part->reducer = ko_reducer_new(&part->options, err);
        if (part->reducer == NULL)
            return KO_ENOMEM;
        c.status = ko_part_state(&c, part->reducer);
    }
    ko_codec_refuse(&c, c.in.n > 0);
    if (c.status == KO_ENOMEM)
        return ko_err_nomem(err);
    return c.status == KO_OK ? KO_OK : refuse(bytes, err);
}

void ko_part_release(struct ko_part *part)
{
    for (size_t i = 0; i < part->files.n; i++)
        ko_marks_release(&part->files.v[i].marks);
    ko_reducer_free(part->reducer);
    ko_arena_release(&part->arena);
    *part = (struct ko_part){0};
}

static bool same_aliases(const struct ko_reduce_options *a,
                         const struct ko_reduce_options *b)
{
    bool same = a->aliases.n == b->aliases.n;
    for (size_t i = 0; same && i < a->aliases.n; i++)
        same = ko_str_eq(a->aliases.v[i].alias, b->aliases.v[i].alias) &&
               ko_str_eq(a->aliases.v[i].name, b->aliases.v[i].name);
    return same;
}

const char *ko_part_differs(const struct ko_reduce_options *a,
                            const struct ko_reduce_options *b)
{
    const struct {
        const char *option;
        bool same;
    } checks[] = {{"--from", a->from == b->from},
                  {"--to", a->to == b->to},
                  {"--at", a->at == b->at},
                  {"--normal", a->normal_to == b->normal_to},
                  {"--step", a->step == b->step},
                  {"--symptom", ko_str_eq(a->symptom_entity, b->symptom_entity) &&
                                    ko_str_eq(a->symptom_signal, b->symptom_signal)},
                  {"--alias", same_aliases(a, b)},
                  {"--max-memory", a->keys_max == b->keys_max &&
                                       a->cells_max_bytes == b->cells_max_bytes &&
                                       a->spans_max == b->spans_max &&
                                       a->ids_max == b->ids_max}};
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        if (!checks[i].same)
            return checks[i].option;
    }
    return NULL;
}
