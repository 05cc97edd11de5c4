/* mem.c: the one place where the library asks for memory, and the arena that most of it
 * lives in. */
#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A block holds many small records; larger wishes get a block of their own. */
enum { BLOCK_BYTES = 64 * 1024 };

struct ko_arena_block {
    struct ko_arena_block *next;
    size_t used;
    size_t size;
    alignas(max_align_t) unsigned char bytes[];
};

void *ko_mem_alloc(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    return calloc(n ? n : 1, size ? size : 1);
}

void *ko_mem_resize(void *p, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    size_t bytes = n * size;
    return realloc(p, bytes ? bytes : 1);
}

void ko_mem_free(void *p)
{
    free(p);
}

static struct ko_arena_block *add_block(struct ko_arena *a, size_t bytes)
{
    size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    if (size > SIZE_MAX - sizeof(struct ko_arena_block))
        return NULL;
    struct ko_arena_block *b = malloc(sizeof *b + size);
    if (b == NULL)
        return NULL;
    b->used = 0;
    b->size = size;
    b->next = a->last;
    a->last = b;
    return b;
}

void *ko_arena_alloc(struct ko_arena *a, size_t n, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size != 0 && n > (SIZE_MAX - unit) / size)
        return NULL;
    size_t bytes = (n * size + unit - 1) / unit * unit;
    struct ko_arena_block *b = a->last;
    if (b == NULL || bytes > b->size - b->used) {
        b = add_block(a, bytes);
        if (b == NULL)
            return NULL;
    }
    void *p = b->bytes + b->used;
    b->used += bytes;
    memset(p, 0, bytes);
    return p;
}

void ko_arena_reset(struct ko_arena *a)
{
    if (a->last == NULL)
        return;
    struct ko_arena_block *keep = a->last;
    a->last = keep->next;
    ko_arena_release(a);
    keep->next = NULL;
    keep->used = 0;
    a->last = keep;
}

void ko_arena_release(struct ko_arena *a)
{
    while (a->last != NULL) {
        struct ko_arena_block *b = a->last;
        a->last = b->next;
        free(b);
    }
}
