/* prom_family.h: what the comments of Prometheus' text formats say of their metrics. */
#ifndef KO_READ_PROM_FAMILY_H
#define KO_READ_PROM_FAMILY_H

#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum ko_prom_type {
    KO_PROM_UNKNOWN,
    KO_PROM_COUNTER,
    KO_PROM_GAUGE,
    KO_PROM_HISTOGRAM,
    KO_PROM_GAUGE_HISTOGRAM,
    KO_PROM_SUMMARY,
    KO_PROM_INFO,
    KO_PROM_STATESET
};

/* Which number of its family a sample is. */
enum ko_prom_part {
    KO_PROM_VALUE,
    KO_PROM_TOTAL,
    KO_PROM_BUCKET,
    KO_PROM_SUM,
    KO_PROM_COUNT,
    KO_PROM_CREATED,
    KO_PROM_IS_INFO
};

struct ko_prom_family {
    struct ko_str name, unit;
    enum ko_prom_type type;
    bool has_help, has_type, has_unit;
};

struct ko_prom_families {
    /* private to prom_family.c */
    struct ko_arena *arena;
    struct ko_map index;
    KO_LIST(struct ko_prom_family) list;
};

void ko_prom_families_init(struct ko_prom_families *f, struct ko_arena *arena);
void ko_prom_families_release(struct ko_prom_families *f);

/* ko_prom_family(f, name, ret): The family called ${name}, made if it is new; valid until
 * the next one is made.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_prom_family(struct ko_prom_families *f,
                                             struct ko_str name,
                                             struct ko_prom_family **ret);

/*
 * ko_prom_family_of(f, sample, ret_stem, ret_part):
 * The family of the sample called ${sample}, NULL if no comment told of it; its name
 * without the suffix of the ${ret_part} that it is, which is told by the suffix alone
 * where there is no family.
 */
const struct ko_prom_family *ko_prom_family_of(const struct ko_prom_families *f,
                                               struct ko_str sample,
                                               struct ko_str *ret_stem,
                                               enum ko_prom_part *ret_part);

/* ko_prom_type_of(word, ret): "counter", "gauge" …; false for any other word. */
bool ko_prom_type_of(struct ko_str word, enum ko_prom_type *ret);

/* ko_prom_suffixes(type): The endings of the names of its samples, NULL behind the last;
 * "" is the family's own name. */
const char *const *ko_prom_suffixes(enum ko_prom_type type);

#endif
