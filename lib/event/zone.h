/* zone.h: local civil time to UTC, by a fixed offset or by the rules of a place. */
#ifndef KO_EVENT_ZONE_H
#define KO_EVENT_ZONE_H

#include "base/err.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/time.h"

#include <stdbool.h>

struct ko_zone;

/*
 * ko_zone_open(arena, name, ret, err):
 * The zone named ${name}: "UTC", "Z", "+01:00", "-0330", or a name of the time zone
 * database ("Europe/Berlin"), read from /usr/share/zoneinfo.
 *
 * Owns:    ${arena}
 * Errors:  KO_ENOTFOUND no such zone, or a name that is not one (leading "/", "..");
 *          KO_ESYNTAX the file is no TZif of version 2 or later; KO_EIO; KO_ENOMEM
 * Source:  RFC 8536 (TZif) and POSIX.1-2017 8.3 (the rule in its footer)
 */
KO_WARN_UNUSED enum ko_status ko_zone_open(struct ko_arena *arena, struct ko_str name,
                                           const struct ko_zone **ret,
                                           struct ko_err *err);

/* ko_zone_parse(arena, name, tzif, ret, err): The same from the bytes of a TZif file. */
KO_WARN_UNUSED enum ko_status ko_zone_parse(struct ko_arena *arena, struct ko_str name,
                                            struct ko_str tzif,
                                            const struct ko_zone **ret,
                                            struct ko_err *err);

/*
 * ko_zone_offset(zone, local, ret_offset, ret_ambiguous):
 * The offset (ns, east positive) of the civil time ${local}, given as ns as if UTC:
 * UTC = local - offset.
 *
 * Where clocks were set back, a civil time occurs twice: the first is taken (the offset
 * before the change) and ${ret_ambiguous} is true.  Where they were set forward, it never
 * occurs: the offset before the change is taken, which moves it forward by the gap, and
 * ${ret_ambiguous} is true as well.  Either pointer may be NULL.
 */
void ko_zone_offset(const struct ko_zone *zone, ko_time local, ko_dur *ret_offset,
                    bool *ret_ambiguous);

/* ko_zone_offset_at(zone, utc): The offset in force at the instant ${utc}. */
ko_dur ko_zone_offset_at(const struct ko_zone *zone, ko_time utc);

/* ko_zone_name(zone): As given to ko_zone_open. */
struct ko_str ko_zone_name(const struct ko_zone *zone);

#endif
