#include "event/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void every_unit_is_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        ko_dur want;
    } cases[] = {
        {"30s", 30 * KO_SECOND},
        {"5m", 5 * KO_MINUTE},
        {"1h30m", 90 * KO_MINUTE},
        {"250ms", 250 * KO_MS},
        {"12us", 12000},
        {"12\xc2\xb5s", 12000},
        {"7ns", 7},
        {"2d", 2 * KO_DAY},
        {"1w", 7 * KO_DAY},
        {"5", 5 * KO_SECOND},
        {"0.25", 250 * KO_MS},
        {"1.5s", 1500 * KO_MS},
        {"0.1s", 100 * KO_MS},
        {"4.9h", 4 * KO_HOUR + 54 * KO_MINUTE},
        {"-5m", -5 * KO_MINUTE},
        {" 10s ", 10 * KO_SECOND},
        {"1m30.5s", 90500 * KO_MS},
        {"0", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ko_dur d = -99;
        if (ko_time_parse_dur(ko_str(cases[i].text), &d) != KO_OK || d != cases[i].want)
            fail_msg("'%s' gives %lld", cases[i].text, (long long)d);
    }
}

static void what_is_no_duration_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",     " ", "s", "5x",   "5 s", "1h30", "5s5",
                                      "--5s", ".", "-", "1e3s", "nan", "5m-3s"};
    ko_dur d;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ko_time_parse_dur(ko_str(bad[i]), &d), KO_ESYNTAX);
    assert_int_equal(ko_time_parse_dur(KO_STR("99999999999999999999s"), &d), KO_ERANGE);
    assert_int_equal(ko_time_parse_dur(KO_STR("999999999d"), &d), KO_ERANGE);
}

static void durations_are_printed_for_people(void **state)
{
    (void)state;
    static const struct {
        ko_dur dur;
        const char *want;
    } cases[] = {
        {0, "0 ns"},
        {350 * KO_MS, "350 ms"},
        {4900 * KO_MS, "4.9 s"},
        {90 * KO_SECOND, "90 s"},
        {27 * KO_MINUTE, "27 min"},
        {3 * KO_HOUR + 10 * KO_MINUTE, "3 h 10 min"},
        {2 * KO_HOUR, "2 h"},
        {50 * KO_HOUR, "2 d 2 h"},
        {-5 * KO_SECOND, "-5 s"},
        {1500, "1.5 us"},
        {5000, "5 us"},
        {9960 * KO_MS, "10 s"},
        {INT64_MIN, "-106752 d"},
    };
    struct ko_buf b;
    ko_buf_init(&b, 64);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ko_buf_reset(&b);
        ko_time_put_dur(&b, cases[i].dur);
        if (!ko_str_eq(ko_buf_str(&b), ko_str(cases[i].want)))
            fail_msg("%lld ns gives '%.*s'", (long long)cases[i].dur,
                     KO_ARG(ko_buf_str(&b)));
    }
    ko_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_is_exact),
        cmocka_unit_test(what_is_no_duration_is_refused),
        cmocka_unit_test(durations_are_printed_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
