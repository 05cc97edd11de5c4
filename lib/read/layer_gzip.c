/* layer_gzip.c: gzip taken off; members that follow each other are one stream. */
#include "read/layer.h"

#include "base/mem.h"
#include "read/gunzip.h"

struct gzip {
    struct ko_gunzip *engine;
    bool in_member;
};

static void close_gzip(struct ko_layer *l)
{
    struct gzip *g = l->state;
    ko_gunzip_free(g->engine);
    ko_mem_free(g);
}

static enum ko_status open_gzip(struct ko_layer *l)
{
    struct gzip *g = ko_mem_alloc(1, sizeof *g);
    if (g == NULL)
        return KO_ENOMEM;
    g->in_member = true;
    g->engine = ko_gunzip_new();
    l->state = g;
    if (g->engine != NULL)
        return KO_OK;
    close_gzip(l);
    return KO_ENOMEM;
}

/* Between members: another one, padding of zeros, or what does not belong here. */
static enum ko_status next_member(struct ko_layer *l, struct gzip *g, struct ko_err *err)
{
    while (l->at < l->n && l->in[l->at] == '\0')
        l->at++;
    if (l->at == l->n)
        return KO_OK;
    if ((unsigned char)l->in[l->at] != 0x1f)
        return ko_err_set(err, KO_ESYNTAX, "bytes behind the end of the gzip data");
    g->in_member = true;
    return ko_gunzip_restart(g->engine);
}

static enum ko_status turn_gzip(struct ko_layer *l, char *out, size_t n, size_t *ret_n,
                                struct ko_err *err)
{
    struct gzip *g = l->state;
    if (!g->in_member) {
        enum ko_status st = next_member(l, g, err);
        if (st != KO_OK || !g->in_member)
            return st;
    }
    bool ended = l->at == l->n && l->below_end && l->below_status == KO_OK;
    struct ko_str in = {l->in + l->at, l->n - l->at};
    bool member_ended = false;
    enum ko_status st = ko_gunzip_step(g->engine, &in, out, n, ret_n, &member_ended);
    l->at = l->n - in.n;
    g->in_member = !member_ended;
    if (st != KO_OK)
        return st == KO_ENOMEM ? st : ko_err_set(err, st, "damaged gzip data");
    if (ended && *ret_n == 0 && g->in_member)
        return ko_err_set(err, KO_ESYNTAX, "the gzip data ends too early");
    return KO_OK;
}

const struct ko_layer_kind ko_layer_gzip = {"gzip", KO_STR_INIT("\x1f\x8b"), open_gzip,
                                            close_gzip, turn_gzip};
