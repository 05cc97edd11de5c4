/* operation.c: what a span is part of: the request that its entity serves, and the span
 * within. */
#include "reduce/operation.h"

#include "base/buf.h"

/* Of a span nested deeper in its entity, or in a circle, the entry is not looked for. */
enum { NESTED_MAX = 64 };

void ko_operations_init(struct ko_operations *o, struct ko_finish *f)
{
    *o = (struct ko_operations){.f = f};
    ko_map_init(&o->numbers, 0);
}

void ko_operations_release(struct ko_operations *o)
{
    ko_map_release(&o->numbers);
}

/* The span through which the request entered the entity. */
static uint32_t find_entry(const struct ko_finish *f, uint32_t span)
{
    const struct ko_spans *p = &f->r->spans;
    uint32_t entity = f->entity_of[p->v[span].entity], at = span, parent;
    for (int depth = 0; depth < NESTED_MAX; depth++) {
        if (!ko_spans_parent(p->v, p->n, at, &parent) ||
            f->entity_of[p->v[parent].entity] != entity)
            return at;
        at = parent;
    }
    return span;
}

static enum ko_status name(struct ko_finish *f, uint32_t entry, uint32_t own,
                           struct ko_str *ret)
{
    struct ko_buf text;
    ko_buf_init(&text, SIZE_MAX);
    if (entry != own && entry != KO_NO_ENTITY) {
        ko_buf_put(&text, ko_state_said(f->r, entry));
        ko_buf_puts(&text, " > ");
    }
    ko_buf_put(&text, ko_state_said(f->r, own));
    enum ko_status st = text.status;
    if (st == KO_OK)
        st = ko_str_copy(&f->arena, ko_buf_str(&text), ret);
    ko_buf_release(&text);
    return st;
}

enum ko_status ko_operations_of(struct ko_operations *o, uint32_t span, uint32_t *ret)
{
    const struct ko_span *v = o->f->r->spans.v;
    uint32_t pair[] = {v[find_entry(o->f, span)].operation, v[span].operation};
    uint32_t fresh = (uint32_t)o->names.n;
    struct ko_str key = {(const char *)pair, sizeof pair}, *added;
    enum ko_status st = ko_map_put(&o->numbers, key, fresh, ret);
    if (st != KO_OK || *ret < fresh)
        return st;
    KO_LIST_ADD(&o->f->arena, &o->names, added);
    return added != NULL ? name(o->f, pair[0], pair[1], added) : KO_ENOMEM;
}

struct ko_str ko_operations_name(const struct ko_operations *o, uint32_t operation)
{
    return o->names.v[operation];
}
