/* index.c: series and templates of a case by what they measure. */
#include "blame/index.h"

#include "base/buf.h"

/* Room for a key: the longest texts are cut by the limit of a line long before. */
enum { KEY_MAX = 1 << 20 };

static void put_series_key(struct ko_buf *key, uint32_t entity, uint32_t caller,
                           bool normal)
{
    ko_buf_reset(key);
    ko_buf_printf(key, "s%d %u %u ", normal, entity, caller);
}

static void put_template_key(struct ko_buf *key, const struct ko_template *t)
{
    ko_buf_reset(key);
    ko_buf_printf(key, "t%u %zu ", t->entity, t->op.n);
    ko_buf_put(key, t->op);
    ko_buf_putc(key, ' ');
    ko_buf_put(key, t->severity);
    ko_buf_putc(key, ' ');
    ko_buf_put(key, t->text);
}

static enum ko_status add(struct ko_index *ix, struct ko_buf *key, size_t place)
{
    uint32_t kept;
    if (key->status != KO_OK)
        return key->status;
    return ko_map_put(&ix->places, ko_buf_str(key), (uint32_t)place, &kept);
}

static enum ko_status add_all(struct ko_index *ix, struct ko_buf *key)
{
    const struct ko_case *c = ix->c;
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < c->series.n && st == KO_OK; i++) {
        const struct ko_series *s = &c->series.v[i];
        put_series_key(key, s->entity, s->caller, s->normal);
        ko_buf_put(key, s->signal);
        st = add(ix, key, i);
    }
    for (size_t i = 0; i < c->templates.n && st == KO_OK; i++) {
        if (!c->templates.v[i].normal)
            continue;
        put_template_key(key, &c->templates.v[i]);
        st = add(ix, key, i);
    }
    return st;
}

enum ko_status ko_index_init(struct ko_index *ix, const struct ko_case *c)
{
    struct ko_buf key;
    *ix = (struct ko_index){.c = c};
    ko_map_init(&ix->places, 0);
    ko_buf_init(&key, KEY_MAX);
    enum ko_status st = add_all(ix, &key);
    ko_buf_release(&key);
    return st;
}

void ko_index_release(struct ko_index *ix)
{
    ko_map_release(&ix->places);
}

static const struct ko_series *find_series(const struct ko_index *ix, struct ko_buf *key)
{
    uint32_t at;
    bool found = key->status == KO_OK && ko_map_get(&ix->places, ko_buf_str(key), &at);
    ko_buf_release(key);
    return found ? &ix->c->series.v[at] : NULL;
}

const struct ko_series *ko_index_series(const struct ko_index *ix, uint32_t entity,
                                        uint32_t caller, struct ko_str signal,
                                        bool normal)
{
    struct ko_buf key;
    ko_buf_init(&key, KEY_MAX);
    put_series_key(&key, entity, caller, normal);
    ko_buf_put(&key, signal);
    return find_series(ix, &key);
}

const struct ko_series *ko_index_operation(const struct ko_index *ix, uint32_t entity,
                                           struct ko_str op, bool normal)
{
    struct ko_buf key;
    ko_buf_init(&key, KEY_MAX);
    put_series_key(&key, entity, KO_NO_ENTITY, normal);
    ko_buf_puts(&key, "op:");
    ko_buf_put(&key, op);
    return find_series(ix, &key);
}

const struct ko_template *ko_index_healthy(const struct ko_index *ix,
                                           const struct ko_template *t)
{
    struct ko_buf key;
    uint32_t at;
    ko_buf_init(&key, KEY_MAX);
    put_template_key(&key, t);
    bool found = key.status == KO_OK && ko_map_get(&ix->places, ko_buf_str(&key), &at);
    ko_buf_release(&key);
    return found ? &ix->c->templates.v[at] : NULL;
}
