#include "unit.h"

#include "show/words.h"

#include <math.h>

static struct ko_buf out;

static void assert_words(const char *want)
{
    assert_slice(ko_buf_str(&out), ko_str(want));
    ko_buf_release(&out);
    ko_buf_init(&out, 1 << 12);
}

static void numbers_carry_their_unit(void **state)
{
    (void)state;
    ko_buf_init(&out, 1 << 12);
    ko_words_number(&out, 12, KO_STR("1"));
    assert_words("12");
    ko_words_number(&out, 0.61, KO_STR("ratio"));
    assert_words("61 %");
    ko_words_number(&out, 18600, KO_STR("requests"));
    assert_words("18.6k requests");
    ko_words_number(&out, 3, KO_STR("/s"));
    assert_words("3/s");
    ko_words_number(&out, 0, KO_STR("s"));
    assert_words("0 s");
    ko_words_number(&out, 0.35, KO_STR("s"));
    assert_words("350 ms");
    ko_words_number(&out, 1e300, KO_STR("s"));
    ko_buf_release(&out);
}

static void what_is_not_known_is_said(void **state)
{
    (void)state;
    ko_buf_init(&out, 1 << 12);
    ko_words_number(&out, NAN, KO_STR("s"));
    assert_words("unknown");
    ko_words_number(&out, INFINITY, KO_STR(""));
    assert_words("unknown");
    ko_words_clock(&out, KO_TIME_NONE);
    assert_words("unknown");
    ko_words_stamp(&out, KO_TIME_NONE);
    assert_words("unknown");
    ko_buf_release(&out);
}

static void times_show_their_uncertainty(void **state)
{
    (void)state;
    ko_buf_init(&out, 1 << 12);
    ko_words_spread(&out, 100 * KO_SECOND, 70 * KO_SECOND, 110 * KO_SECOND);
    assert_words(" ±30 s");
    ko_words_spread(&out, 0, 0, 0);
    assert_words("");
    ko_words_spread(&out, 0, KO_TIME_NONE, 0);
    assert_words("");
    ko_words_lag(&out, 0);
    assert_words("0 s");
    ko_words_lag(&out, 90 * KO_SECOND);
    assert_words("+90 s");
    ko_buf_release(&out);
}

static void a_window_over_midnight_names_both_days(void **state)
{
    (void)state;
    struct ko_case c;
    ko_case_init(&c);
    ko_buf_init(&out, 1 << 12);
    c.head.from = 23 * KO_HOUR;
    c.head.step = KO_MINUTE;
    ko_words_window(&out, &c);
    assert_words("window unknown");
    c.head.buckets = 30;
    ko_words_window(&out, &c);
    assert_words("1970-01-01 23:00-23:30Z");
    c.head.buckets = 120;
    ko_words_window(&out, &c);
    assert_words("1970-01-01 23:00-1970-01-02 01:00Z");
    ko_buf_release(&out);
    ko_case_release(&c);
}

static void mechanisms_have_words(void **state)
{
    (void)state;
    assert_str(ko_words_mechanism(KO_STR("slow-dependency")), "slow dependency");
    assert_str(ko_words_mechanism_short(KO_STR("retry-amplification")), "retries");
    assert_str(ko_words_mechanism(KO_STR("new-kind")), "new-kind");
    assert_str(ko_words_mechanism(KO_STR("")), "unknown");
    assert_str(ko_words_mechanism_short(KO_STR("new-kind")), "other");
}

static void long_lists_say_how_many_are_left(void **state)
{
    (void)state;
    struct ko_str items[] = {KO_STR("a"), KO_STR("b"), KO_STR("c")};
    ko_strs list = {.v = items, .n = 3};
    ko_buf_init(&out, 1 << 12);
    ko_words_join(&out, &list, " ", 3);
    assert_words("a b c");
    ko_words_join(&out, &list, ", ", 1);
    assert_words("a, +2");
    list.n = 0;
    ko_words_join(&out, &list, ", ", 1);
    assert_words("");
    ko_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_carry_their_unit),
        cmocka_unit_test(what_is_not_known_is_said),
        cmocka_unit_test(times_show_their_uncertainty),
        cmocka_unit_test(a_window_over_midnight_names_both_days),
        cmocka_unit_test(mechanisms_have_words),
        cmocka_unit_test(long_lists_say_how_many_are_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
