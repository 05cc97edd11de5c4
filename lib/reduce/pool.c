/* pool.c: spans and contacts as they came, until the end. */
#include "reduce/pool.h"

#include "base/mem.h"
#include "reduce/ids.h"

enum { FIRST_ROOM = 256, SHIFT_MAX = 63 };

/* Room for one more of `size` bytes; NULL when memory is out. */
static void *room(void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    size_t wider = *cap ? *cap * 2 : FIRST_ROOM;
    void *p = ko_mem_resize(v, wider, size);
    if (p != NULL)
        *cap = wider;
    return p;
}

void ko_spans_thin(struct ko_spans *p, unsigned shift)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (ko_kept(p->v[i].trace, shift))
            p->v[kept++] = p->v[i];
    }
    p->n = kept;
    p->shift = shift > p->shift ? shift : p->shift;
}

enum ko_status ko_spans_add(struct ko_spans *p, const struct ko_span *s)
{
    if (!ko_kept(s->trace, p->shift))
        return KO_OK;
    void *v = room(p->v, p->n, &p->cap, sizeof *p->v);
    if (v == NULL)
        return KO_ENOMEM;
    p->v = v;
    p->v[p->n++] = *s;
    while (p->n > p->max && p->shift < SHIFT_MAX)
        ko_spans_thin(p, p->shift + 1);
    return KO_OK;
}

void ko_mentions_thin(struct ko_mentions *p, unsigned shift)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (ko_kept(p->v[i].trace, shift))
            p->v[kept++] = p->v[i];
    }
    p->n = kept;
    p->shift = shift > p->shift ? shift : p->shift;
}

enum ko_status ko_mentions_add(struct ko_mentions *p, const struct ko_mention *m)
{
    if (!ko_kept(m->trace, p->shift))
        return KO_OK;
    void *v = room(p->v, p->n, &p->cap, sizeof *p->v);
    if (v == NULL)
        return KO_ENOMEM;
    p->v = v;
    p->v[p->n++] = *m;
    while (p->n > p->max && p->shift < SHIFT_MAX)
        ko_mentions_thin(p, p->shift + 1);
    return KO_OK;
}

void ko_contacts_thin(struct ko_contacts *p, unsigned shift)
{
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (ko_kept(p->v[i].id, shift))
            p->v[kept++] = p->v[i];
    }
    p->n = kept;
    p->shift = shift > p->shift ? shift : p->shift;
}

enum ko_status ko_contacts_add(struct ko_contacts *p, const struct ko_contact *c)
{
    if (!ko_kept(c->id, p->shift))
        return KO_OK;
    void *v = room(p->v, p->n, &p->cap, sizeof *p->v);
    if (v == NULL)
        return KO_ENOMEM;
    p->v = v;
    p->v[p->n++] = *c;
    while (p->n > p->max && p->shift < SHIFT_MAX)
        ko_contacts_thin(p, p->shift + 1);
    return KO_OK;
}

/* ---- spans find each other ---- */

bool ko_spans_find(const struct ko_span *v, size_t n, uint64_t trace, uint64_t id,
                   uint32_t *ret)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        bool before = v[mid].trace != trace ? v[mid].trace < trace : v[mid].id <= id;
        lo = before ? mid + 1 : lo;
        hi = before ? hi : mid;
    }
    if (lo == 0 || v[lo - 1].trace != trace || v[lo - 1].id != id)
        return false;
    *ret = (uint32_t)(lo - 1);
    return true;
}

bool ko_spans_parent(const struct ko_span *v, size_t n, uint32_t i, uint32_t *ret)
{
    const struct ko_span *s = &v[i];
    if (i > 0 && s->id != 0 && s[-1].id == s->id && s[-1].trace == s->trace) {
        *ret = i - 1;
        return true;
    }
    return s->parent != 0 && ko_spans_find(v, n, s->trace, s->parent, ret) && *ret != i;
}
