/* list.h: typed growing arrays that live in an arena. */
#ifndef KO_BASE_LIST_H
#define KO_BASE_LIST_H

#include "base/mem.h"

#include <stddef.h>

/* KO_LIST(T): n items of T at v.  Zeroed is empty.  Items may move when one is added. */
#define KO_LIST(T)                                                                       \
    struct {                                                                             \
        T *v;                                                                            \
        size_t n, cap;                                                                   \
    }

/* KO_LIST_ADD(arena, list, ret): Append a zeroed item; ${ret} points to it, NULL if
 * memory is out. */
#define KO_LIST_ADD(arena, list, ret)                                                    \
    do {                                                                                 \
        void *room_ = ko_list_room((arena), (list)->v, (list)->n, &(list)->cap,          \
                                   sizeof *(list)->v);                                   \
        (ret) = NULL;                                                                    \
        if (room_ != NULL) {                                                             \
            (list)->v = room_;                                                           \
            (ret) = &(list)->v[(list)->n++];                                             \
        }                                                                                \
    } while (0)

/*
 * ko_list_room(arena, v, n, cap, size):
 * Make room for one item more behind the ${n} items of ${size} bytes at ${v}.
 *
 * Returns: the array, moved if it had to grow, ${cap} updated; NULL and nothing changed
 * when out of memory; the item at [n] is zero
 */
KO_WARN_UNUSED void *ko_list_room(struct ko_arena *arena, void *v, size_t n, size_t *cap,
                                  size_t size);

#endif
