/* list.c: typed growing arrays that live in an arena. */
#include "base/list.h"

#include <stdint.h>
#include <string.h>

void *ko_list_room(struct ko_arena *arena, void *v, size_t n, size_t *cap, size_t size)
{
    if (n < *cap) {
        memset((char *)v + n * size, 0, size);
        return v;
    }
    if (*cap > SIZE_MAX / 2)
        return NULL;
    size_t wider = *cap ? *cap * 2 : 4;
    void *p = ko_arena_alloc(arena, wider, size);
    if (p == NULL)
        return NULL;
    if (n)
        memcpy(p, v, n * size);
    *cap = wider;
    return p;
}
