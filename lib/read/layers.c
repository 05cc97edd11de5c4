/* layers.c: what lies around the text of an export: gzip, zstd, UTF-16; found by its
 * first bytes and taken off. */
#include "read/layers.h"

#include "read/layer.h"

#include <string.h>

static const struct ko_layer_kind *const kinds[] = {
    &ko_layer_gzip, &ko_layer_zstd, &ko_layer_utf16_le, &ko_layer_utf16_be};

static const struct ko_layer_kind *kind_of(struct ko_str head)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (ko_str_starts(head, kinds[i]->magic))
            return kinds[i];
    }
    return NULL;
}

bool ko_layers_needed(struct ko_str head)
{
    return kind_of(head) != NULL;
}

static void fill(struct ko_layer *l)
{
    if (l->at < l->n || l->below_end)
        return;
    l->at = l->n = 0;
    l->below_status =
        l->below.pull(l->below.ctx, l->in, sizeof l->in, &l->n, &l->below_err);
    l->bytes += l->n;
    l->below_end = l->below_status != KO_OK || l->n < sizeof l->in;
}

/* Without a kind the bytes go up as they are; those that were not looked at, at once. */
static enum ko_status pass(struct ko_layer *l, char *out, size_t n, size_t *ret_n)
{
    size_t there = l->n - l->at;
    if (there == 0 && !l->below_end) {
        l->below_status = l->below.pull(l->below.ctx, out, n, ret_n, &l->below_err);
        l->bytes += *ret_n;
        l->below_end = l->below_status != KO_OK || *ret_n < n;
        return KO_OK;
    }
    *ret_n = there < n ? there : n;
    if (*ret_n > 0)
        memcpy(out, l->in + l->at, *ret_n);
    l->at += *ret_n;
    return KO_OK;
}

static enum ko_status pull(void *ctx, char *bytes, size_t n, size_t *ret_n,
                           struct ko_err *err)
{
    struct ko_layer *l = ctx;
    *ret_n = 0;
    while (*ret_n < n) {
        size_t got = 0;
        if (l->kind != NULL)
            fill(l);
        size_t before = l->at;
        enum ko_status st = l->kind != NULL
                                ? l->kind->turn(l, bytes + *ret_n, n - *ret_n, &got, err)
                                : pass(l, bytes + *ret_n, n - *ret_n, &got);
        *ret_n += got;
        if (st != KO_OK)
            return st;
        if (got > 0 || l->at > before || !l->below_end)
            continue;
        if (l->below_status != KO_OK && err != NULL)
            *err = l->below_err;
        return l->below_status;
    }
    return KO_OK;
}

static enum ko_status add(struct ko_layers *layers, const struct ko_layer_kind *kind,
                          struct ko_source *io_top)
{
    struct ko_layer *l = ko_mem_alloc(1, sizeof *l);
    if (l == NULL)
        return KO_ENOMEM;
    layers->v[layers->used++] = l;
    l->below = *io_top;
    *io_top = (struct ko_source){pull, l};
    enum ko_status st = kind != NULL ? kind->open(l) : KO_OK;
    l->kind = st == KO_OK ? kind : NULL;
    return st;
}

/* A layer without a kind lies between the others: it lets us look ahead. */
enum ko_status ko_layers_open(struct ko_layers *layers, struct ko_source below,
                              struct ko_source *ret_top)
{
    *layers = (struct ko_layers){0};
    struct ko_source top = below;
    for (;;) {
        enum ko_status st = add(layers, NULL, &top);
        if (st != KO_OK)
            return st;
        struct ko_layer *look = layers->v[layers->used - 1];
        fill(look);
        const struct ko_layer_kind *kind = kind_of((struct ko_str){look->in, look->n});
        if (kind == NULL || layers->n == KO_LAYERS_MAX) {
            *ret_top = top;
            return KO_OK;
        }
        st = add(layers, kind, &top);
        if (st != KO_OK)
            return st;
        layers->n++;
    }
}

void ko_layers_release(struct ko_layers *layers)
{
    for (size_t i = layers->used; i-- > 0;) {
        struct ko_layer *l = layers->v[i];
        if (l->kind != NULL)
            l->kind->close(l);
        ko_mem_free(l);
    }
    *layers = (struct ko_layers){0};
}

const char *ko_layers_name(const struct ko_layers *layers, size_t i)
{
    return layers->v[2 * i + 1]->kind->name;
}

uint64_t ko_layers_bytes(const struct ko_layers *layers)
{
    return layers->v[0]->bytes;
}
