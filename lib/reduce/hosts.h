/* hosts.h: which service runs on which pod or host, as records that name both say. */
#ifndef KO_REDUCE_HOSTS_H
#define KO_REDUCE_HOSTS_H

#include "base/list.h"
#include "base/map.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Of a host on which several run. */
#define KO_HOST_SHARED (UINT32_MAX - 1)

enum { KO_HOSTS_MAX = 1 << 16 };

/* Zeroed is empty. */
struct ko_hosts {
    struct ko_map map; /* names of hosts, to places in of */
    KO_LIST(uint32_t) of;
    bool full; /* some were left out: which, depends on the order, so none is told */
    /* private to hosts.c */
    struct ko_arena arena;
};

void ko_hosts_release(struct ko_hosts *h);

/* ko_hosts_note(h, host, service): The service with that number runs on ${host};
 * KO_HOST_SHARED: several do.  Past KO_HOSTS_MAX hosts nothing is known.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_hosts_note(struct ko_hosts *h, struct ko_str host,
                                            uint32_t service);

/* ko_hosts_find(h, host, ret): The one service that runs on ${host}; false when none or
 * several are known. */
bool ko_hosts_find(const struct ko_hosts *h, struct ko_str host, uint32_t *ret);

#endif
