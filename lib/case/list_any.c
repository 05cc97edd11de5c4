/* list_any.c: a KO_LIST whose item type only a table knows. */
#include "case/list_any.h"

#include "base/list.h"

#include <string.h>

struct ko_list_any ko_list_any_get(const void *list)
{
    struct ko_list_any any;
    memcpy(&any, list, sizeof any);
    return any;
}

void ko_list_any_empty(void *list)
{
    struct ko_list_any any = ko_list_any_get(list);
    any.n = 0;
    memcpy(list, &any, sizeof any);
}

void *ko_list_any_add(struct ko_arena *arena, void *list, size_t size)
{
    struct ko_list_any any = ko_list_any_get(list);
    void *room = ko_list_room(arena, any.v, any.n, &any.cap, size);
    if (room == NULL)
        return NULL;
    any.v = room;
    any.n++;
    memcpy(list, &any, sizeof any);
    return (char *)room + (any.n - 1) * size;
}
