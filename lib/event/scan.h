/* scan.h: the lexical pieces that the text forms of a time are made of. */
#ifndef KO_EVENT_SCAN_H
#define KO_EVENT_SCAN_H

#include "base/str.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A text being read as a time: what is left of it, and the fields found so far.
 * Each ko_scan_* below that returns bool leaves ${c} unchanged when it returns false.
 */
struct ko_scan {
    const char *p, *end; /* what is left */
    unsigned year, month, day, hour, minute, second;
    uint32_t ns;
    ko_dur resolution;
    int32_t offset_s; /* of the zone, east positive */
    bool has_zone, has_date, has_year, has_clock;
    enum ko_date_order order;
    struct ko_str zone;
};

/* ko_scan_init(c, s): Start on ${s}. */
void ko_scan_init(struct ko_scan *c, struct ko_str s);

/* ko_scan_byte(c, b), ko_scan_bytes(c, lit): Take exactly this. */
static inline bool ko_scan_byte(struct ko_scan *c, char b)
{
    if (c->p == c->end || *c->p != b)
        return false;
    c->p++;
    return true;
}
bool ko_scan_bytes(struct ko_scan *c, struct ko_str lit);

/* ko_scan_blanks(c): Take spaces and tabs, and the no-break spaces that newer locale data
 * puts before AM and PM.  Returns how many bytes. */
size_t ko_scan_blanks(struct ko_scan *c);

/* ko_scan_digits(c, min, max, ret): Take as many digits as there are, at least ${min};
 * false when there are more than ${max} (at most 9). */
bool ko_scan_digits(struct ko_scan *c, size_t min, size_t max, unsigned *ret);

/* ko_scan_year(c): Take a year of four digits, or of two: 73..99 is 19xx, else 20xx. */
bool ko_scan_year(struct ko_scan *c);

/* ko_scan_month(c): Take an English month name, short or whole. */
bool ko_scan_month(struct ko_scan *c);

/* ko_scan_weekday(c): Take an English weekday, short or whole, and a comma behind it. */
bool ko_scan_weekday(struct ko_scan *c);

/* ko_scan_clock(c): Take h:mm[:ss[.fraction]] [AM|PM]; the fraction may follow a comma,
 * or a colon when it has three digits. */
bool ko_scan_clock(struct ko_scan *c);

/* ko_scan_zone(c): Take Z, an offset, UTC, GMT, a known abbreviation, or nothing. */
void ko_scan_zone(struct ko_scan *c);

/*
 * ko_scan_instant(c, ret):
 * Put the fields together.
 *
 * Errors:  KO_ERANGE, as ko_time_parse
 */
KO_WARN_UNUSED enum ko_status ko_scan_instant(const struct ko_scan *c, ko_time *ret);

#endif
