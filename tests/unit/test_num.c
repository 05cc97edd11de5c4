#include "unit.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void integers_stop_exactly_at_the_limits(void **state)
{
    (void)state;
    int64_t v;
    assert_int_equal(ko_num_int(KO_STR("9223372036854775807"), &v), KO_OK);
    assert_true(v == INT64_MAX);
    assert_int_equal(ko_num_int(KO_STR("-9223372036854775808"), &v), KO_OK);
    assert_true(v == INT64_MIN);
    assert_int_equal(ko_num_int(KO_STR("9223372036854775808"), &v), KO_ERANGE);
    assert_int_equal(ko_num_int(KO_STR("99999999999999999999999"), &v), KO_ERANGE);
    assert_int_equal(ko_num_int(KO_STR("12a"), &v), KO_ESYNTAX);
    assert_int_equal(ko_num_int(KO_STR(""), &v), KO_ESYNTAX);
    assert_int_equal(ko_num_int(KO_STR("-"), &v), KO_ESYNTAX);
}

static void reals_equal_the_c_library_on_random_texts(void **state)
{
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        char text[64];
        int digits = (int)(seed >> 60) + 1;
        int n = snprintf(text, sizeof text, "%s%.*g", seed & 1 ? "-" : "", digits,
                         ldexp((double)(seed >> 12), (int)(seed >> 33 & 127) - 80));
        double v;
        assert_int_equal(ko_num_real((struct ko_str){text, (size_t)n}, &v), KO_OK);
        assert_true(v == strtod(text, NULL));
    }
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",      ".",    "-",   "1e", "e5",
                                      "1.2.3", "0x10", "NaN", "1 ", "--1"};
    double v = 7;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(ko_num_real(ko_str(bad[i]), &v), KO_ESYNTAX);
    assert_int_equal(ko_num_real(KO_STR("1e999"), &v), KO_ERANGE);
    assert_int_equal(ko_num_real(KO_STR("1e99999999999999999999"), &v), KO_ERANGE);
    assert_true(v == 7);
    assert_int_equal(ko_num_real(KO_STR("1e-99999999999999999999"), &v), KO_OK);
    assert_true(v == 0);
    assert_true(ko_num_is_nan(KO_STR("+Inf")));
    assert_true(ko_num_is_nan(KO_STR("nan")));
    assert_false(ko_num_is_nan(KO_STR("null")));
}

static void check_put(double x, const char *want)
{
    struct ko_buf b;
    ko_buf_init(&b, 64);
    ko_num_put(&b, x);
    assert_slice(ko_buf_str(&b), ko_str(want));
    ko_buf_release(&b);
}

static void written_numbers_are_short_and_round_trip(void **state)
{
    (void)state;
    check_put(0, "0");
    check_put(-0.0, "0");
    check_put(110, "110");
    check_put(0.1, "0.1");
    check_put(1.25657438583, "1.25657439");
    check_put(1e21, "1e+21");
    check_put(NAN, "null");
    check_put(INFINITY, "null");
}

static void check_human(double x, const char *want)
{
    struct ko_buf b;
    ko_buf_init(&b, 64);
    ko_num_human(&b, x);
    assert_slice(ko_buf_str(&b), ko_str(want));
    ko_buf_release(&b);
}

static void people_read_three_digits(void **state)
{
    (void)state;
    check_human(0.03412, "0.0341");
    check_human(1271, "1271");
    check_human(18600, "18.6k");
    check_human(3200000, "3.2M");
    check_human(-5.5, "-5.5");
    check_human(NAN, "unknown");
}

static void numbers_are_written_as_the_c_library_does(void **state)
{
    uint64_t seed = 5;
    struct ko_buf b;
    (void)state;
    ko_buf_init(&b, KO_BUF_MAX);
    for (int i = 0; i < 400000; i++) {
        char text[64];
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        int digits = (int)(seed >> 40 & 15), shift = (int)(seed >> 50 & 31) - 16;
        double x = floor((double)(seed >> 11) / 9007199254740992.0 * pow(10, digits)) *
                   pow(10, shift);
        x = (seed >> 60 & 1) != 0 ? -x : x;
        x = (seed >> 61 & 1) != 0 ? x * 1.0000000005 : x;
        bool whole = fabs(x) < 1e9 && floor(x) == x;
        (void)snprintf(text, sizeof text, whole ? "%.0f" : "%.9g", x == 0 ? 0.0 : x);
        ko_buf_reset(&b);
        ko_num_put(&b, x);
        assert_true(ko_str_eq(ko_buf_str(&b), ko_str(text)));
    }
    ko_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_stop_exactly_at_the_limits),
        cmocka_unit_test(reals_equal_the_c_library_on_random_texts),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(written_numbers_are_short_and_round_trip),
        cmocka_unit_test(numbers_are_written_as_the_c_library_does),
        cmocka_unit_test(people_read_three_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
