/* mem.h: the one place where the library asks for memory, and the arena that most of it
 * lives in. */
#ifndef KO_BASE_MEM_H
#define KO_BASE_MEM_H

#include "base/status.h"

#include <stddef.h>

struct ko_arena_block;

/*
 * Memory that dies together.  A zeroed struct is an empty arena.
 *
 *   last -> [block][block][block] -> NULL     newest first; `used` counts in the newest
 */
struct ko_arena {
    /* private to mem.c */
    struct ko_arena_block *last;
};

/*
 * ko_mem_alloc(n, size), ko_mem_resize(p, n, size):
 * Get, or resize to, room for ${n} items of ${size} bytes; new bytes of ko_mem_alloc are
 * zero.
 *
 * Owns:    the caller, until ko_mem_free
 * Errors:  NULL when n * size overflows or memory is out; ${p} is unchanged then
 */
KO_WARN_UNUSED void *ko_mem_alloc(size_t n, size_t size);
KO_WARN_UNUSED void *ko_mem_resize(void *p, size_t n, size_t size);

/* ko_mem_free(p): Give ${p} back; NULL is a no-op. */
void ko_mem_free(void *p);

/*
 * ko_arena_alloc(a, n, size):
 * Zeroed room for ${n} items of ${size} bytes, aligned for any type.
 *
 * Owns:    ${a}, until ko_arena_release or ko_arena_reset
 * Errors:  NULL when n * size overflows or memory is out; the arena is unchanged then
 * Cost:    amortised O(bytes)
 */
KO_WARN_UNUSED void *ko_arena_alloc(struct ko_arena *a, size_t n, size_t size);

/* ko_arena_reset(a): Forget everything allocated, keeping one block for reuse. */
void ko_arena_reset(struct ko_arena *a);

/* ko_arena_release(a): Free everything; ${a} is empty and usable again. */
void ko_arena_release(struct ko_arena *a);

#endif
