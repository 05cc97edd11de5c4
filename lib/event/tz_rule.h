/* tz_rule.h: the yearly rule of a time zone as POSIX writes it,
 * "CET-1CEST,M3.5.0,M10.5.0/3". */
#ifndef KO_EVENT_TZ_RULE_H
#define KO_EVENT_TZ_RULE_H

#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* A day of the year and a second of that day at which the clocks change. */
struct ko_tz_change {
    enum { KO_TZ_WEEKDAY, KO_TZ_JULIAN, KO_TZ_DAY } kind;
    unsigned month, week, weekday; /* WEEKDAY: week 5 is the last, weekday 0 Sunday */
    unsigned day;                  /* JULIAN 1..365 without Feb 29; DAY 0..365 with it */
    int32_t second;                /* of local time; may be negative or past the day */
};

struct ko_tz_rule {
    int32_t std_s, dst_s; /* offsets, s, east positive */
    bool has_dst;
    struct ko_tz_change start, end; /* of summer time */
};

/*
 * ko_tz_rule_parse(s, ret):
 * Errors:  KO_ESYNTAX, KO_ERANGE
 * Source:  POSIX.1-2017 8.3 "TZ"; hours of -167..167 from RFC 8536 section 3.3.1
 */
KO_WARN_UNUSED enum ko_status ko_tz_rule_parse(struct ko_str s, struct ko_tz_rule *ret);

/* ko_tz_rule_offset(rule, utc_s): The offset (s, east positive) at ${utc_s} s since 1970.
 */
int32_t ko_tz_rule_offset(const struct ko_tz_rule *rule, int64_t utc_s);

#endif
