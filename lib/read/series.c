/* series.c: the events of a table's series, kept from row to row: what they say beside
 * time and value was found out once. */
#include "read/series.h"

#include <string.h>

/* So many rows show whether series return: at least half of the rows must be of one that
 * is known. */
enum { TRIAL_ROWS = 1 << 16, FIRST_CAP = 64 };

void ko_series_begin(struct ko_series_book *book, bool *is_key, size_t n, size_t width)
{
    ko_series_release(book);
    book->is_key = is_key;
    book->n_columns = n;
    book->width = width > 0 ? width : 1;
    ko_map_init(&book->keys, 0);
    ko_buf_init(&book->text, KO_BUF_MAX);
}

static void forget(struct ko_series_book *book)
{
    ko_map_release(&book->keys);
    ko_arena_release(&book->arena);
    book->last = NULL;
}

void ko_series_release(struct ko_series_book *book)
{
    forget(book);
    ko_buf_release(&book->text);
    ko_mem_free(book->series);
    *book = (struct ko_series_book){.numbers = book->numbers};
}

/* Are the words of ${r} those that make up ${key}? */
static bool has_words(const struct ko_series_book *book, const struct ko_record *r,
                      struct ko_str key)
{
    for (size_t i = 0; i < r->n; i++) {
        if (!book->is_key[i])
            continue;
        struct ko_str word = r->v[i].value;
        if (key.n <= word.n || key.p[word.n] != '\0' ||
            memcmp(key.p, word.n > 0 ? word.p : "", word.n) != 0)
            return false;
        key = (struct ko_str){key.p + word.n + 1, key.n - word.n - 1};
    }
    return key.n == 0;
}

static struct ko_series *predicted(const struct ko_series_book *book,
                                   const struct ko_record *r)
{
    if (book->last == NULL || r->n != book->n_columns)
        return NULL;
    uint32_t next = book->last->next;
    return has_words(book, r, book->keys.entries[next].key) ? book->series[next] : NULL;
}

static enum ko_status make_room(struct ko_series_book *book)
{
    if ((book->keys.n + 1) * book->width > KO_SERIES_EVENTS_MAX && book->keys.n > 0)
        forget(book);
    if (book->keys.n < book->cap)
        return KO_OK;
    size_t cap = book->cap > 0 ? book->cap * 2 : FIRST_CAP;
    struct ko_series **grown = ko_mem_resize(book->series, cap, sizeof *grown);
    if (grown == NULL)
        return KO_ENOMEM;
    book->series = grown;
    book->cap = cap;
    return KO_OK;
}

static enum ko_status add(struct ko_series_book *book, struct ko_str key,
                          struct ko_series **ret)
{
    uint32_t index;
    enum ko_status st = make_room(book);
    if (st != KO_OK)
        return st;
    struct ko_series *s = ko_arena_alloc(&book->arena, 1, sizeof *s);
    struct ko_event *events = ko_arena_alloc(&book->arena, book->width, sizeof *events);
    bool *known = ko_arena_alloc(&book->arena, book->width, sizeof *known);
    if (s == NULL || events == NULL || known == NULL)
        return KO_ENOMEM;
    *s = (struct ko_series){.events = events,
                            .known = known,
                            .index = (uint32_t)book->keys.n,
                            .next = (uint32_t)book->keys.n};
    st = ko_map_put(&book->keys, key, s->index, &index);
    book->series[s->index] = s;
    book->misses++;
    *ret = s;
    return st;
}

static enum ko_status look_up(struct ko_series_book *book, const struct ko_record *r,
                              struct ko_series **ret)
{
    uint32_t index;
    ko_buf_reset(&book->text);
    for (size_t i = 0; i < r->n; i++) {
        if (!book->is_key[i])
            continue;
        ko_buf_put(&book->text, r->v[i].value);
        ko_buf_putc(&book->text, '\0');
    }
    if (book->text.status != KO_OK)
        return book->text.status;
    if (!ko_map_get(&book->keys, ko_buf_str(&book->text), &index))
        return add(book, ko_buf_str(&book->text), ret);
    *ret = book->series[index];
    return KO_OK;
}

enum ko_status ko_series_of(struct ko_series_book *book, const struct ko_record *r,
                            struct ko_series **ret)
{
    *ret = NULL;
    if (r->n != book->n_columns ||
        (book->rows > TRIAL_ROWS && book->misses * 2 > book->rows))
        return KO_OK;
    book->rows++;
    *ret = predicted(book, r);
    enum ko_status st = *ret == NULL ? look_up(book, r, ret) : KO_OK;
    if (st != KO_OK)
        return st;
    if (book->last != NULL)
        book->last->next = (*ret)->index;
    book->last = *ret;
    return KO_OK;
}

enum ko_status ko_series_keep(struct ko_series_book *book, struct ko_series *s, size_t i,
                              const struct ko_event *ev)
{
    struct ko_event *own = &s->events[i];
    *own = *ev;
    struct ko_str *const texts[] = {
        &own->entity,  &own->peer,     &own->instance, &own->signal,
        &own->unit,    &own->trace,    &own->span,     &own->operation,
        &own->request, &own->customer, &own->session,  &own->region,
        &own->channel, &own->queue,    &own->segment,  &own->version};
    enum ko_status st = KO_OK;
    for (size_t k = 0; k < sizeof texts / sizeof *texts && st == KO_OK; k++) {
        if (texts[k]->n > 0)
            st = ko_str_copy(&book->arena, *texts[k], texts[k]);
    }
    own->series = ++book->numbers;
    s->known[i] = st == KO_OK;
    return st;
}
