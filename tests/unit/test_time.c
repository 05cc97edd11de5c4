#include "event/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

/* 2026-03-14T14:04:00Z */
#define T0 (INT64_C(1773497040) * KO_SECOND)

static const struct {
    const char *text;
    ko_time time;
    bool zone;
} forms[] = {
    {"2026-03-14T14:04:00Z", T0, true},
    {"2026-03-14t14:04:00z", T0, true},
    {"2026-03-14 14:04:00Z", T0, true},
    {"2026-03-14T14:04:00.5Z", T0 + 500 * KO_MS, true},
    {"2026-03-14T14:04:00.123456789Z", T0 + 123456789, true},
    {"2026-03-14T14:04:00.1234567899Z", T0 + 123456789, true},
    {"2026-03-14T15:04:00+01:00", T0, true},
    {"2026-03-14T15:04:00+0100", T0, true},
    {"2026-03-14T15:04:00+01", T0, true},
    {"2026-03-14T08:04:00-0600", T0, true},
    {"2026-03-14T15:04:00.000+01:00[Europe/Berlin]", T0, true},
    {"2026-03-14 14:04:00 UTC", T0, true},
    {"2026-03-14 14:04:00.000 GMT", T0, true},
    {"2026-03-14 14:04:00 +0000 UTC", T0, true},
    {"2026-03-14 15:04:00 CET", T0 + KO_HOUR, false},
    {"2026-03-14 14:04:00,123", T0 + 123 * KO_MS, false},
    {"2026-03-14 14:04", T0, false},
    {"2026-03-14T14:04Z", T0, true},
    {"2026/03/14 14:04:00", T0, false},
    {"20260314T140400Z", T0, true},
    {"2026-03-14", T0 - 14 * KO_HOUR - 4 * KO_MINUTE, false},
    {"1773497040", T0, true},
    {"1773497040.5", T0 + 500 * KO_MS, true},
    {"1773497040000", T0, true},
    {"1773497040000.25", T0 + 250000, true},
    {"1773497040000000", T0, true},
    {"1773497040000000001", T0 + 1, true},
    {"1.77349704e+09", T0, true},
    {"1.7734970405E9", T0 + 500 * KO_MS, true},
    {"14/Mar/2026:14:04:00 +0000", T0, true},
    {"14/Mar/2026:15:04:00 +0100", T0, true},
    {"14/Mar/2026:14:04:00.655", T0 + 655 * KO_MS, false},
    {"Mar 14, 2026 @ 14:04:00.000", T0, false},
    {"Mar 14, 2026, 2:04:00 PM", T0, false},
    {"Mar 14 2026 14:04:00", T0, false},
    {"Sat Mar 14 14:04:00.000000 2026", T0, false},
    {"Sat Mar 14 14:04:00 UTC 2026", T0, true},
    {"Sat, 14 Mar 2026 14:04:00 GMT", T0, true},
    {"14-Mar-2026 14:04:00.000", T0, false},
    {"3/14/2026, 2:04 PM", T0, false},
    {"3/14/26 2:04 PM", T0, false},
    {"3/14/26 2:04\xe2\x80\xafPM", T0, false},
    {"14/3/2026 14:04", T0, false},
    {"3/14/26 14:04:00:123 CET", T0 + 123 * KO_MS, false},
    {"14.03.2026 14:04", T0, false},
    {"14/Mar/26 2:04 PM", T0, false},
    {"14:04:00.250", 14 * KO_HOUR + 4 * KO_MINUTE + 250 * KO_MS, false},
    {"12:00 AM", 0, false},
    {"12:00 PM", 12 * KO_HOUR, false},
    {"2016-12-31T23:59:60Z", INT64_C(1483228800) * KO_SECOND, true},
    {"2017-01-01T00:59:60+01:00", INT64_C(1483228800) * KO_SECOND, true},
    {"2024-02-29T00:00:00Z", INT64_C(1709164800) * KO_SECOND, true},
};

static void every_form_gives_its_instant(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct ko_stamp s;
        enum ko_status st = ko_time_parse(ko_str(forms[i].text), &s);
        if (st != KO_OK || s.time != forms[i].time || s.has_zone != forms[i].zone)
            fail_msg("'%s': status %d time %lld zone %d", forms[i].text, (int)st,
                     st == KO_OK ? (long long)s.time : 0, st == KO_OK ? s.has_zone : 0);
    }
}

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ko_status status;
    } bad[] = {
        {"", KO_ESYNTAX},
        {" ", KO_ESYNTAX},
        {"yesterday", KO_ESYNTAX},
        {"2026-03-14T14:04:00Zx", KO_ESYNTAX},
        {"2026-03-14T14:04:00 INFO", KO_ESYNTAX},
        {"2026-03-14T", KO_ESYNTAX},
        {"2026-3-14T14:04:00Z", KO_ESYNTAX},
        {"2026-03-14T14:04:0", KO_ESYNTAX},
        {"2026-02-30T00:00:00Z", KO_ERANGE},
        {"2025-02-29T00:00:00Z", KO_ERANGE},
        {"2026-13-01T00:00:00Z", KO_ERANGE},
        {"2026-00-01T00:00:00Z", KO_ERANGE},
        {"2026-03-14T24:00:00Z", KO_ERANGE},
        {"2026-03-14T14:60:00Z", KO_ERANGE},
        {"2026-03-14T14:04:61Z", KO_ERANGE},
        {"2026-03-14T14:04:60Z", KO_ERANGE},
        {"0001-01-01T00:00:00Z", KO_ERANGE},
        {"1970-01-01T00:00:00Z", KO_ERANGE},
        {"9999-12-31T23:59:59Z", KO_ERANGE},
        {"2262-04-12T00:00:00Z", KO_ERANGE},
        {"13:00 PM", KO_ERANGE},
        {"12345678", KO_ESYNTAX},
        {"12345678901", KO_ESYNTAX},
        {"9999999999", KO_ERANGE},
        {"0999999999", KO_ERANGE},
        {"9999999999999999999", KO_ERANGE},
        {"99999999999999999999999999999999", KO_ESYNTAX},
        {"1773497040.", KO_ESYNTAX},
        {"-1773497040", KO_ESYNTAX},
        {"31/14/2026 10:00", KO_ERANGE},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct ko_stamp s;
        enum ko_status st = ko_time_parse(ko_str(bad[i].text), &s);
        if (st != bad[i].status)
            fail_msg("'%s': status %d", bad[i].text, (int)st);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_gives_its_instant),
        cmocka_unit_test(what_is_no_time_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
