/* date_order.c: does 3/4/2026 lie in March or in April?  One export has one order. */
#include "read/date_order.h"

#include <string.h>

/* Of a date of numbers and slashes. */
enum { DATE_MAX = 10 };

static bool is_part(char c)
{
    return ko_char_is_digit(c) || c == '/';
}

/* The next run of digits and slashes that begins a word. */
static bool next_word(struct ko_str *rest, struct ko_str *ret)
{
    const char *slash;
    while (rest->n > 0 && (slash = memchr(rest->p, '/', rest->n)) != NULL) {
        size_t at = (size_t)(slash - rest->p), from = at, end = at;
        while (from > 0 && is_part(rest->p[from - 1]))
            from--;
        while (end < rest->n && is_part(rest->p[end]))
            end++;
        *ret = ko_str_sub(*rest, from, end - from);
        *rest = ko_str_skip(*rest, end);
        if (ret->n <= DATE_MAX)
            return true;
    }
    return false;
}

struct ko_date_rule ko_date_rule_find(enum ko_date_order asked, struct ko_str head)
{
    size_t day = 0, month = 0;
    struct ko_str word;
    struct ko_stamp stamp;
    if (asked != KO_DATE_CLEAR)
        return (struct ko_date_rule){asked, false};
    while (next_word(&head, &word)) {
        if (ko_time_parse(word, &stamp) != KO_OK)
            continue;
        day += stamp.order == KO_DATE_DAY_FIRST ? 1 : 0;
        month += stamp.order == KO_DATE_MONTH_FIRST ? 1 : 0;
    }
    bool day_first = day > 0 && month == 0;
    return (struct ko_date_rule){day_first ? KO_DATE_DAY_FIRST : KO_DATE_MONTH_FIRST,
                                 day == 0 && month == 0};
}

static bool only_day_first_is_past(const struct ko_stamp *stamp, ko_time now)
{
    return now > 0 && stamp->time > now + KO_DAY && stamp->day_first <= now + KO_DAY;
}

ko_time ko_date_rule_apply(const struct ko_date_rule *rule, const struct ko_stamp *stamp,
                           ko_time now, struct ko_ledger *l)
{
    switch (stamp->order) {
    case KO_DATE_CLEAR:
        return stamp->time;
    case KO_DATE_DAY_FIRST:
        l->dates_day_first++;
        return stamp->time;
    case KO_DATE_MONTH_FIRST:
        l->dates_month_first++;
        return stamp->time;
    case KO_DATE_EITHER:
        break;
    }
    if (rule->assumed && only_day_first_is_past(stamp, now)) {
        l->dates_day_first++;
        return stamp->day_first;
    }
    l->dates_either += rule->assumed ? 1 : 0;
    return rule->order == KO_DATE_DAY_FIRST ? stamp->day_first : stamp->time;
}

bool ko_date_rule_is_wrong(const struct ko_ledger *l)
{
    return l->dates_either > 0 && l->dates_day_first > 0 && l->dates_month_first == 0;
}

enum ko_status ko_date_rule_say(struct ko_ledger *l)
{
    unsigned long long either = l->dates_either;
    if (ko_date_rule_is_wrong(l))
        return ko_ledger_remark(l,
                                "%llu dates fit day/month and month/day and were read "
                                "month first; others show that the day stands first: "
                                "use --dates FILE=dmy",
                                either);
    if (l->dates_day_first > 0 && l->dates_month_first > 0)
        return ko_ledger_remark(l, "some dates have the day first, others the month; "
                                   "those that fit both were read month first");
    if (either > 0 && l->dates_month_first == 0)
        return ko_ledger_remark(l,
                                "its dates fit day/month and month/day and were read "
                                "month first (assumed): --dates FILE=dmy says otherwise");
    return KO_OK;
}
