/* export.c: an open export: its source, what lies around its text, its format. */
#include "read/export.h"

#include <string.h>

static const struct ko_str utf8_bom = KO_STR_INIT("\xef\xbb\xbf");

static enum ko_status pull_bytes(void *ctx, char *bytes, size_t n, size_t *ret_n,
                                 struct ko_err *err)
{
    struct ko_str *left = ctx;
    (void)err;
    *ret_n = n < left->n ? n : left->n;
    if (*ret_n > 0)
        memcpy(bytes, left->p, *ret_n);
    *left = ko_str_skip(*left, *ret_n);
    return KO_OK;
}

static enum ko_status open_source(struct ko_open_export *e, const char *path,
                                  struct ko_source *ret, struct ko_err *err)
{
    if (e->bytes.p == NULL)
        return ko_source_file_open(&e->file, path, ret, err);
    *ret = (struct ko_source){pull_bytes, &e->bytes};
    return KO_OK;
}

static enum ko_status put_layers(struct ko_open_export *e, struct ko_source source)
{
    uint64_t max = e->opt->expanded_max_bytes;
    enum ko_status st = ko_layers_open(&e->layers, source, &e->text);
    if (st != KO_OK)
        return st;
    e->cap.max_bytes = max > 0 ? max : KO_READ_EXPANDED_MAX;
    if (e->layers.n > 0)
        ko_source_cap_put(&e->cap, &e->text);
    ko_tap_put(&e->tap, &e->text);
    return KO_OK;
}

enum ko_status ko_export_fill(struct ko_open_export *e, struct ko_buf *room, size_t n)
{
    size_t got = 0;
    char *at = e->at_end ? NULL : ko_buf_room(room, n);
    if (at == NULL)
        return room->status;
    enum ko_status st = e->text.pull(e->text.ctx, at, n, &got, NULL);
    if (st == KO_ENOMEM)
        return st;
    room->n += got;
    e->at_end = st != KO_OK || got < n;
    return KO_OK;
}

static void strip_bom(struct ko_buf *b, uint64_t *ret_bom)
{
    if (!ko_str_starts(ko_buf_str(b), utf8_bom))
        return;
    *ret_bom = utf8_bom.n;
    b->n -= utf8_bom.n;
    memmove(b->p, b->p + utf8_bom.n, b->n);
}

static enum ko_status read_head(struct ko_open_export *e)
{
    enum ko_status st = ko_export_fill(e, &e->waiting, KO_READ_HEAD_BYTES);
    if (st != KO_OK)
        return st;
    strip_bom(&e->waiting, &e->bom);
    return ko_str_copy(&e->arena, ko_buf_str(&e->waiting), &e->head);
}

static enum ko_status choose_format(struct ko_open_export *e, struct ko_err *err)
{
    struct ko_str wanted = e->opt->format;
    e->why = "forced by --format";
    e->format =
        wanted.n > 0 ? ko_format_find(wanted) : ko_format_detect(e->head, &e->why);
    if (e->format == NULL)
        return ko_err_set(err, KO_EUNSUPPORTED, "unknown format '%.*s'", KO_ARG(wanted));
    e->dates = ko_date_rule_find(e->opt->dates, e->head);
    return KO_OK;
}

enum ko_status ko_export_open(struct ko_open_export *e, const char *path,
                              struct ko_str bytes, struct ko_str name,
                              const struct ko_read_options *opt, struct ko_err *err)
{
    struct ko_source source;
    *e = (struct ko_open_export){
        .name = name, .opt = opt, .bytes = bytes, .file = {.fd = -1}};
    ko_buf_init(&e->waiting, KO_BUF_MAX);
    enum ko_status st = open_source(e, path, &source, err);
    if (st != KO_OK)
        return st;
    st = put_layers(e, source);
    if (st == KO_OK)
        st = read_head(e);
    return st == KO_OK ? choose_format(e, err) : ko_err_set(err, st, "out of memory");
}

void ko_export_release(struct ko_open_export *e)
{
    ko_layers_release(&e->layers);
    ko_source_file_close(&e->file);
    ko_buf_release(&e->waiting);
    ko_arena_release(&e->arena);
}

/* The bytes counted are not to be taken for the file's. */
static enum ko_status say_layers(const struct ko_layers *layers, struct ko_ledger *ledger)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < layers->n && st == KO_OK; i++)
        st = ko_ledger_remark(
            ledger, "%s taken off: %llu bytes of file hold %llu of text",
            ko_layers_name(layers, i), (unsigned long long)ko_layers_bytes(layers),
            (unsigned long long)ledger->bytes);
    return st;
}

enum ko_status ko_export_judge(const struct ko_open_export *e, struct ko_ledger *ledger)
{
    enum ko_status st = say_layers(&e->layers, ledger);
    return st == KO_OK && e->file.fd >= 0 ? ko_source_file_judge(&e->file, ledger) : st;
}
