/* openmetrics.h: the rules of OpenMetrics that single lines cannot tell. */
#ifndef KO_READ_OPENMETRICS_H
#define KO_READ_OPENMETRICS_H

#include "base/map.h"
#include "base/mem.h"
#include "base/status.h"
#include "read/prom_family.h"
#include "read/prom_line.h"

#include <stdbool.h>

/* The numbers of one histogram at one instant. */
struct ko_om_histogram {
    bool any, has_inf, has_negative, has_sum, has_count;
    double bound, value, sum, count;
};

struct ko_openmetrics {
    struct ko_prom_family family; /* the one that is being told */
    bool has_samples;
    uint32_t n;           /* families so far */
    struct ko_map names;  /* of families and of their samples: whose */
    struct ko_map groups; /* of the family: label sets seen */
    uint32_t group;
    bool has_time;
    ko_time time;
    struct ko_om_histogram histogram;
    struct ko_arena *arena;
};

void ko_openmetrics_init(struct ko_openmetrics *om, struct ko_arena *arena);
void ko_openmetrics_release(struct ko_openmetrics *om);

/*
 * ko_openmetrics_comment(om, line, ret_ok):
 * A line that begins with "#": only HELP, TYPE and UNIT, each once, before the samples of
 * their family; names of families do not clash.
 */
KO_WARN_UNUSED enum ko_status ko_openmetrics_comment(struct ko_openmetrics *om,
                                                     struct ko_str line, bool *ret_ok);

/*
 * ko_openmetrics_sample(om, line, ret_ok):
 * Label sets do not interleave, time does not go back, numbers fit their type, buckets
 * rise, exemplars stand only where they may.
 */
KO_WARN_UNUSED enum ko_status ko_openmetrics_sample(struct ko_openmetrics *om,
                                                    const struct ko_prom_line *line,
                                                    bool *ret_ok);

/* ko_openmetrics_end(om): Is the last histogram whole? */
bool ko_openmetrics_end(struct ko_openmetrics *om);

#endif
