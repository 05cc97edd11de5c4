/* date_order.h: does 3/4/2026 lie in March or in April?  One export has one order. */
#ifndef KO_READ_DATE_ORDER_H
#define KO_READ_DATE_ORDER_H

#include "base/status.h"
#include "base/str.h"
#include "event/ledger.h"
#include "event/time.h"

#include <stdbool.h>

/* The order of one export's dates. */
struct ko_date_rule {
    enum ko_date_order order; /* KO_DATE_DAY_FIRST or _MONTH_FIRST */
    bool assumed;             /* nothing decided it */
};

/* ko_date_rule_find(asked, head): The rule that was ${asked} for, else the one that the
 * dates in ${head} leave, else month first, assumed. */
struct ko_date_rule ko_date_rule_find(enum ko_date_order asked, struct ko_str head);

/*
 * ko_date_rule_apply(rule, stamp, now, l):
 * The instant of ${stamp} under ${rule}, zone and year apart; its order is counted in
 * ${l}.  A date that lies after tomorrow with the month first counts as day first: ${now}
 * decides, 0 or NONE if it is not known.
 */
ko_time ko_date_rule_apply(const struct ko_date_rule *rule, const struct ko_stamp *stamp,
                           ko_time now, struct ko_ledger *l);

/*
 * ko_date_rule_is_wrong(l):
 * Does the export's account show that month first was assumed in vain: dates that only
 * day first fits, and none that only month first does?
 */
bool ko_date_rule_is_wrong(const struct ko_ledger *l);

/* ko_date_rule_say(l): What people must know of it, as a remark.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_date_rule_say(struct ko_ledger *l);

#endif
