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
    {"2026-03-14T14:04:00007Z", T0 + 7 * KO_MS, true},
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
        {"2026-03-14T14:04:000Z", KO_ESYNTAX},
        {"2026-03-14T14:04:0000Z", KO_ESYNTAX},
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

static const struct {
    const char *line;
    const char *rest; /* NULL: no time leads */
    ko_time time;
} prefixes[] = {
    {"2026-03-14 14:04:00,123 INFO x", "INFO x", T0 + 123 * KO_MS},
    {"2026-03-14T14:04:00Z GET /", "GET /", T0},
    {"2026-03-14 14:04:00 GET /", "GET /", T0},
    {"2026-03-14 14:04:00 CET x", "x", T0},
    {"2026-03-14 14:04:00 UTC [7] LOG", "[7] LOG", T0},
    {"2026-03-14 14:04:00 - 5 left", "- 5 left", T0},
    {"2026-03-14 02:04:00 PM x", "x", T0},
    {"[2026-03-14 14:04:00] x", "x", T0},
    {"[2026-03-14T14:04:00.000Z] \"GET", "\"GET", T0},
    {"[2026-03-14 14:04:00 INFO] x", "INFO] x", T0},
    {"[Sat Mar 14 14:04:00.000000 2026] [core:error]", "[core:error]", T0},
    {"[3/14/26 14:04:00:000 CET] 0001", "0001", T0},
    {"2026/03/14 14:04:00 [error] 7#7:", "[error] 7#7:", T0},
    {"14-Mar-2026 14:04:00.000 INFO", "INFO", T0},
    {"1773497040.000 x", "x", T0},
    {"1773497040000\tx", "x", T0},
    {"2026-03-14T14:04:00Z", "", T0},
    {"14:04:00.250 [main]", "[main]", 14 * KO_HOUR + 4 * KO_MINUTE + 250 * KO_MS},
    {"14:04 lunch", NULL, 0},
    {"2026-03-14T14:04:0000Z x", NULL, 0},
    {"2026-03-14T14:04:00000Z x", "x", T0},
    {"2026-03-14 14:04: x", ": x", T0},
    {"2026-03-14 is a day", NULL, 0},
    {"123456789 items", NULL, 0},
    {"9007199254 called", NULL, 0},
    {"1773497040abc", NULL, 0},
    {"2026-03-14T14:04:00Zulu", NULL, 0},
    {"\tat com.acme.Main", NULL, 0},
    {"May be slow", NULL, 0},
    {"[", NULL, 0},
    {"", NULL, 0},
};

static void a_leading_time_is_taken_with_its_brackets_and_blanks(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        struct ko_str line = ko_str(prefixes[i].line);
        struct ko_stamp s;
        size_t n = 0;
        bool found = ko_time_prefix(line, &s, &n) == KO_OK;
        bool right = prefixes[i].rest == NULL
                         ? !found
                         : found && s.time == prefixes[i].time &&
                               ko_str_eq(ko_str_skip(line, n), ko_str(prefixes[i].rest));
        if (!right)
            fail_msg("'%s': found %d, %zu bytes", prefixes[i].line, found, n);
    }
}

static void a_leading_time_that_cannot_be_is_told_from_none(void **state)
{
    (void)state;
    struct ko_stamp s;
    size_t n;
    assert_int_equal(ko_time_prefix(KO_STR("2026-13-14 14:04:00 x"), &s, &n), KO_ERANGE);
    assert_int_equal(ko_time_prefix(KO_STR("Feb 30 14:04:00 x"), &s, &n), KO_ERANGE);
}

static void every_cut_of_every_form_is_safe(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct ko_str whole = ko_str(forms[i].text);
        for (size_t n = 0; n <= whole.n; n++) {
            char *copy = test_malloc(n + 1);
            struct ko_stamp s;
            size_t taken;
            memcpy(copy, whole.p, n);
            if (ko_time_prefix((struct ko_str){copy, n}, &s, &taken) == KO_OK)
                assert_true(taken <= n);
            (void)!ko_time_parse((struct ko_str){copy, n}, &s);
            test_free(copy);
        }
    }
    /* nothing is read behind the end: only a sanitizer sees that */
    char *epoch = test_malloc(13);
    struct ko_stamp s;
    size_t taken;
    memcpy(epoch, "1773497040000", 13);
    assert_int_equal(ko_time_prefix((struct ko_str){epoch, 13}, &s, &taken), KO_OK);
    test_free(epoch);
}

static void what_a_text_leaves_out_is_said(void **state)
{
    (void)state;
    struct ko_stamp s;
    assert_int_equal(ko_time_parse(KO_STR("Feb  6 12:14:14"), &s), KO_OK);
    assert_false(s.has_year);
    assert_true(s.has_date);
    assert_int_equal(s.time,
                     36 * KO_DAY + 12 * KO_HOUR + 14 * KO_MINUTE + 14 * KO_SECOND);
    assert_int_equal(s.resolution, KO_SECOND);
    assert_int_equal(ko_time_parse(KO_STR("14:04:00.1"), &s), KO_OK);
    assert_false(s.has_date);
    assert_int_equal(s.resolution, 100 * KO_MS);
    assert_int_equal(ko_time_parse(KO_STR("2026-03-14 14:04"), &s), KO_OK);
    assert_int_equal(s.resolution, KO_MINUTE);
    assert_int_equal(ko_time_parse(KO_STR("2026-03-14"), &s), KO_OK);
    assert_int_equal(s.resolution, KO_DAY);
    assert_int_equal(ko_time_parse(KO_STR("2026-03-14 14:04:00 CEST"), &s), KO_OK);
    assert_true(ko_str_eq(s.zone, KO_STR("CEST")));
    assert_int_equal(ko_time_parse(KO_STR("1773497040000"), &s), KO_OK);
    assert_int_equal(s.resolution, KO_MS);
}

static ko_time at(const char *text)
{
    struct ko_stamp s;
    assert_int_equal(ko_time_parse(ko_str(text), &s), KO_OK);
    return s.time;
}

static void a_missing_year_is_the_newest_not_in_the_future(void **state)
{
    (void)state;
    static const struct {
        const char *stamp, *now, *want;
    } cases[] = {
        {"Mar 14 14:04:00", "2026-03-14T15:00:00Z", "2026-03-14T14:04:00Z"},
        {"Mar 14 14:04:00", "2026-03-14T03:00:00Z", "2026-03-14T14:04:00Z"},
        {"Dec 31 23:59:59", "2026-01-01T00:00:10Z", "2025-12-31T23:59:59Z"},
        {"Jan  1 00:00:05", "2025-12-31T23:00:00Z", "2026-01-01T00:00:05Z"},
        {"Mar 16 14:04:00", "2026-03-14T15:00:00Z", "2025-03-16T14:04:00Z"},
        {"Feb 29 12:00:00", "2026-03-14T15:00:00Z", "2024-02-29T12:00:00Z"},
        {"Mar  1 12:00:00", "2024-03-14T15:00:00Z", "2024-03-01T12:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ko_stamp s;
        assert_int_equal(ko_time_parse(ko_str(cases[i].stamp), &s), KO_OK);
        assert_int_equal(ko_time_guess_year(&s, at(cases[i].now)), at(cases[i].want));
    }
}

static void floor_of_negative_rounds_down(void **state)
{
    (void)state;
    assert_int_equal(ko_time_floor(-1, KO_MINUTE), -KO_MINUTE);
    assert_int_equal(ko_time_floor(-KO_MINUTE, KO_MINUTE), -KO_MINUTE);
    assert_int_equal(ko_time_floor(T0 + 1, KO_MINUTE), T0);
    assert_int_equal(ko_time_floor(KO_TIME_NONE + 1, KO_MINUTE), KO_TIME_NONE + 1);
}

static void days_and_civil_dates_are_inverse(void **state)
{
    (void)state;
    assert_int_equal(ko_time_days(1970, 1, 1), 0);
    assert_int_equal(ko_time_days(2000, 3, 1), 11017);
    assert_int_equal(ko_time_days(1600, 2, 29), -135081);
    for (int64_t d = -100000; d < 100000; d += 13) {
        struct ko_civil c = ko_time_civil(d * KO_DAY + KO_HOUR);
        assert_int_equal(ko_time_days(c.year, c.month, c.day), d);
        assert_int_equal(c.hour, 1);
    }
}

static void printed_times_read_back(void **state)
{
    (void)state;
    static const ko_time times[] = {T0, T0 + 120 * KO_MS, T0 + 1000, T0 + 1,
                                    T0 + 999999999};
    static const char *const texts[] = {
        "2026-03-14T14:04:00Z", "2026-03-14T14:04:00.120Z", "2026-03-14T14:04:00.000001Z",
        "2026-03-14T14:04:00.000000001Z", "2026-03-14T14:04:00.999999999Z"};
    struct ko_buf b;
    ko_buf_init(&b, 64);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        ko_buf_reset(&b);
        ko_time_put(&b, times[i]);
        assert_true(ko_str_eq(ko_buf_str(&b), ko_str(texts[i])));
        assert_int_equal(at(texts[i]), times[i]);
    }
    ko_buf_reset(&b);
    ko_time_put_clock(&b, T0);
    assert_true(ko_str_eq(ko_buf_str(&b), KO_STR("14:04:00")));
    ko_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_gives_its_instant),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(a_leading_time_is_taken_with_its_brackets_and_blanks),
        cmocka_unit_test(a_leading_time_that_cannot_be_is_told_from_none),
        cmocka_unit_test(every_cut_of_every_form_is_safe),
        cmocka_unit_test(what_a_text_leaves_out_is_said),
        cmocka_unit_test(a_missing_year_is_the_newest_not_in_the_future),
        cmocka_unit_test(floor_of_negative_rounds_down),
        cmocka_unit_test(days_and_civil_dates_are_inverse),
        cmocka_unit_test(printed_times_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
