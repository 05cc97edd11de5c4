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
