/* time.h: instants, their text forms, and the arithmetic of buckets. */
#ifndef KO_EVENT_TIME_H
#define KO_EVENT_TIME_H

#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef int64_t ko_time; /* ns since 1970-01-01T00:00:00Z, leap seconds not counted */
typedef int64_t ko_dur;  /* ns */

#define KO_TIME_NONE INT64_MIN
#define KO_MS INT64_C(1000000)
#define KO_SECOND INT64_C(1000000000)
#define KO_MINUTE (60 * KO_SECOND)
#define KO_HOUR (60 * KO_MINUTE)
#define KO_DAY (24 * KO_HOUR)

/* Which of day and month stands first in a date of numbers and slashes. */
enum ko_date_order {
    KO_DATE_CLEAR,       /* no such date, or day and month are the same number */
    KO_DATE_DAY_FIRST,   /* the first number is no month */
    KO_DATE_MONTH_FIRST, /* the second is none */
    KO_DATE_EITHER       /* both could be */
};

/* What a time text said and what it left out. */
struct ko_stamp {
    ko_time time;       /* as if UTC where the text names no zone */
    bool has_zone;      /* Z, an offset, UTC or GMT was there */
    bool has_date;      /* false: only a time of day; time counts from 1970-01-01 */
    bool has_year;      /* false: month and day only; year 1970 is put */
    ko_dur resolution;  /* size of the last digit given: 1 s, 1 ms … */
    struct ko_str zone; /* the abbreviation when it is not trusted (CET …), else empty */
    bool leap_day;      /* February 29 without a year: time is that of March 1, 1970 */
    enum ko_date_order order;
    ko_time day_first; /* KO_DATE_EITHER: the instant when the day stands first; time is
                          that when the month does */
};

/*
 * ko_time_parse(s, ret):
 * Read the whole of ${s} as an instant in any form of the table below, by its shape
 * alone.
 *
 *   epoch      9-10 digits s, 12-13 ms, 15-16 us, 18-19 ns; a fraction may follow
 *              ("1693840791.756") and an exponent ("1.693840791756e+09")
 *   RFC 3339   2026-03-14T14:04:00.123456789+01:00; blank for T, comma for the point,
 *              t, z, +0100, +01; also without a zone, without seconds, with slashes,
 *              20260314T140400Z, and followed by " UTC", " GMT", " CET",
 *              "[Europe/Berlin]"
 *   CLF        06/Feb/2009:12:14:14 +0000, with or without fraction and zone
 *   syslog     Feb  6 12:14:14 (no year), Feb  6 2009 12:14:14
 *   named      Sat Mar 14 14:04:00.123456 2026; Sat, 14 Mar 2026 14:04:00 GMT;
 *              14-Mar-2026 14:04:00.123
 *   Kibana     Jul 12, 2019 @ 00:00:00.000
 *   slashes    3/14/2026, 2:45 PM (month first unless the first number is over 12; see
 *              order), 14.03.2026 14:45, 3/14/26 14:45:00:123
 *   Jira       14/Mar/26 2:55 PM
 *   time only  14:04:00.123
 *   date only  any of the dates above that name a year: midnight, resolution one day
 *
 * Fraction digits beyond the ninth are cut off; "14:04:00000" is a fraction whose point
 * its writer lost.  A leap second (:60) is taken only where
 * it can stand, at 23:59:60 UTC, and means the second after it, as POSIX counts.
 *
 * Errors:  KO_ESYNTAX no such form; KO_ERANGE a field out of range, or a year before 1973
 *          or an instant past 2262-04-11 (the end of ko_time)
 * Cost:    O(n), no allocation
 */
KO_WARN_UNUSED enum ko_status ko_time_parse(struct ko_str s, struct ko_stamp *ret);

/*
 * ko_time_prefix(line, ret, ret_n):
 * Read a leading time of ${line} (optionally in brackets), as ko_time_parse; the longest
 * that fits.  A date alone is not enough, a time of day needs its seconds, and an epoch
 * must have 10, 13, 16 or 19 digits and lie in 2000..2099: less is as often a plain
 * number.
 *
 * Returns: KO_OK with the bytes it takes, brackets and following blanks included;
 *          KO_ENOTFOUND; KO_ERANGE what stands there looks like a time but is none
 */
KO_WARN_UNUSED enum ko_status ko_time_prefix(struct ko_str line, struct ko_stamp *ret,
                                             size_t *ret_n);

/*
 * ko_time_guess_year(stamp, now):
 * The instant of a ${stamp} without a year, in the newest year that does not put it more
 * than a day after ${now} (a day, because zone-less clocks may run ahead of UTC).
 */
ko_time ko_time_guess_year(const struct ko_stamp *stamp, ko_time now);

/* ko_time_parse_dur(s, ret): "30s", "5m", "1h30m", "250ms", "12us", "7ns", "2d"; bare =
 * seconds. */
KO_WARN_UNUSED enum ko_status ko_time_parse_dur(struct ko_str s, ko_dur *ret);

/* ko_time_put(b, t): Append RFC 3339 UTC with the fraction digits that are needed (0, 3,
 * 6 or 9). */
void ko_time_put(struct ko_buf *b, ko_time t);
/* ko_time_put_clock(b, t): Append HH:MM:SS, UTC. */
void ko_time_put_clock(struct ko_buf *b, ko_time t);
/* ko_time_put_dur(b, d): Append a duration for people: 350 ms, 4.9 s, 90 s, 27 min, 3 h
 * 10 min. */
void ko_time_put_dur(struct ko_buf *b, ko_dur d);

/* ko_time_floor(t, step): The largest multiple of ${step} (ns, > 0) not after ${t}. */
ko_time ko_time_floor(ko_time t, ko_dur step);

/* ko_time_days(year, month 1.., day 1..): Days since 1970-01-01 in the Gregorian
 * calendar. */
int64_t ko_time_days(int64_t year, unsigned month, unsigned day);

/* A date of the Gregorian calendar and a time of day, UTC. */
struct ko_civil {
    int64_t year;
    unsigned month, day, hour, minute, second; /* month and day from 1 */
    unsigned ns;
};

/* ko_time_civil(t): The date and time of day of ${t}. */
struct ko_civil ko_time_civil(ko_time t);

#endif
