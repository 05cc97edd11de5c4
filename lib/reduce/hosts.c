/* hosts.c: which service runs on which pod or host, as records that name both say. */
#include "reduce/hosts.h"

void ko_hosts_release(struct ko_hosts *h)
{
    ko_map_release(&h->map);
    ko_arena_release(&h->arena);
}

enum ko_status ko_hosts_note(struct ko_hosts *h, struct ko_str host, uint32_t service)
{
    uint32_t at;
    if (ko_map_get(&h->map, host, &at)) {
        if (h->of.v[at] != service)
            h->of.v[at] = KO_HOST_SHARED;
        return KO_OK;
    }
    h->full |= h->map.n >= KO_HOSTS_MAX;
    if (h->full)
        return KO_OK;
    uint32_t *of;
    KO_LIST_ADD(&h->arena, &h->of, of);
    if (of == NULL)
        return KO_ENOMEM;
    *of = service;
    return ko_map_put(&h->map, host, (uint32_t)h->of.n - 1, &at);
}

bool ko_hosts_find(const struct ko_hosts *h, struct ko_str host, uint32_t *ret)
{
    uint32_t at;
    if (h->full || !ko_map_get(&h->map, host, &at) || h->of.v[at] == KO_HOST_SHARED)
        return false;
    *ret = h->of.v[at];
    return true;
}
