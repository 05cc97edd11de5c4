/* time.c: arithmetic of instants and their one printed form. */
#include "event/time.h"

ko_time ko_time_floor(ko_time t, ko_dur step)
{
    int64_t rest = t % step;
    if (rest < 0)
        rest += step;
    return t < INT64_MIN + rest ? t : t - rest;
}

/*
 * The year is taken to begin in March, so that the leap day is its last; 400 years are
 * 146097 days.  Source: H. Hinnant, "chrono-compatible low-level date algorithms", 2013.
 */
int64_t ko_time_days(int64_t year, unsigned month, unsigned day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

/* The inverse of ko_time_days, from the same source. */
static void civil_of_days(int64_t days, struct ko_civil *ret)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    ret->day = (unsigned)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    ret->month =
        (unsigned)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    ret->year = year_of_era + era * 400 + (ret->month <= 2);
}

struct ko_civil ko_time_civil(ko_time t)
{
    int64_t days = t / KO_DAY;
    int64_t rest = t % KO_DAY;
    if (rest < 0) {
        rest += KO_DAY;
        days--;
    }
    struct ko_civil c = {0};
    civil_of_days(days, &c);
    c.hour = (unsigned)(rest / KO_HOUR);
    c.minute = (unsigned)(rest % KO_HOUR / KO_MINUTE);
    c.second = (unsigned)(rest % KO_MINUTE / KO_SECOND);
    c.ns = (unsigned)(rest % KO_SECOND);
    return c;
}

static ko_time in_year(const struct ko_stamp *stamp, int64_t year)
{
    ko_time day = stamp->leap_day ? stamp->time - KO_DAY : stamp->time;
    struct ko_civil c = ko_time_civil(day);
    unsigned dom = stamp->leap_day ? 29 : c.day;
    /* a zone can push Jan 1 or Dec 31 over the year's edge: keep the distance */
    int64_t years_off = c.year - 1970;
    int64_t days = ko_time_days(year + years_off, c.month, dom);
    return days * KO_DAY + (stamp->time - ko_time_floor(stamp->time, KO_DAY));
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

ko_time ko_time_guess_year(const struct ko_stamp *stamp, ko_time now)
{
    int64_t year = ko_time_civil(now).year + 1;
    if (year > 2261)
        year = 2261;
    for (;; year--) {
        if (stamp->leap_day && !is_leap(year))
            continue;
        ko_time t = in_year(stamp, year);
        if (t - KO_DAY <= now || year <= 1678)
            return t;
    }
}

void ko_time_put(struct ko_buf *b, ko_time t)
{
    struct ko_civil c = ko_time_civil(t);
    ko_buf_printf(b, "%04lld-%02u-%02uT%02u:%02u:%02u", (long long)c.year, c.month, c.day,
                  c.hour, c.minute, c.second);
    if (c.ns == 0) {
    } else if (c.ns % 1000000 == 0) {
        ko_buf_printf(b, ".%03u", c.ns / 1000000);
    } else if (c.ns % 1000 == 0) {
        ko_buf_printf(b, ".%06u", c.ns / 1000);
    } else {
        ko_buf_printf(b, ".%09u", c.ns);
    }
    ko_buf_putc(b, 'Z');
}

void ko_time_put_clock(struct ko_buf *b, ko_time t)
{
    struct ko_civil c = ko_time_civil(t);
    ko_buf_printf(b, "%02u:%02u:%02u", c.hour, c.minute, c.second);
}
