/* list_any.h: a KO_LIST whose item type only a table knows. */
#ifndef KO_CASE_LIST_ANY_H
#define KO_CASE_LIST_ANY_H

#include "base/mem.h"

#include <stddef.h>

/* The three members of any KO_LIST; copied in and out, because the item type differs. */
struct ko_list_any {
    void *v;
    size_t n, cap;
};

/* ko_list_any_get(list): The members of the KO_LIST at ${list}. */
struct ko_list_any ko_list_any_get(const void *list);
/* ko_list_any_empty(list): Set its length to 0. */
void ko_list_any_empty(void *list);
/* ko_list_any_add(arena, list, size): Append a zeroed item of ${size} bytes; NULL out of
 * memory. */
KO_WARN_UNUSED void *ko_list_any_add(struct ko_arena *arena, void *list, size_t size);

#endif
