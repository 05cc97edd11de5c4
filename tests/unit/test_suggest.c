#include "unit.h"

#include "app/suggest.h"

static size_t distance(const char *a, const char *b)
{
    return ko_suggest_distance(ko_str(a), ko_str(b));
}

static void each_of_the_four_slips_counts_one(void **state)
{
    (void)state;
    assert_int_equal(distance("where", "where"), 0);
    assert_int_equal(distance("were", "where"), 1);
    assert_int_equal(distance("wheere", "where"), 1);
    assert_int_equal(distance("whire", "where"), 1);
    assert_int_equal(distance("hwere", "where"), 1);
    assert_int_equal(distance("", "abc"), 3);
    assert_int_equal(distance("abc", ""), 3);
    assert_int_equal(distance("ca", "abc"), 3); /* no edit inside a swapped pair */
}

static void overlong_words_are_near_to_nothing(void **state)
{
    (void)state;
    char word[KO_SUGGEST_BYTES + 2] = {0};
    memset(word, 'a', KO_SUGGEST_BYTES);
    assert_int_equal(distance(word, word), 0);
    word[KO_SUGGEST_BYTES] = 'a';
    assert_true(distance(word, word) == SIZE_MAX);
}

static void the_nearest_word_wins_and_far_ones_never(void **state)
{
    (void)state;
    struct ko_suggest s = {0};
    ko_suggest_try(&s, KO_STR("stepp"), KO_STR("strict"));
    assert_int_equal(s.best.n, 0);
    ko_suggest_try(&s, KO_STR("stepp"), KO_STR("stepped"));
    ko_suggest_try(&s, KO_STR("stepp"), KO_STR("step"));
    ko_suggest_try(&s, KO_STR("stepp"), KO_STR("steppe"));
    assert_str(s.best, "step");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_of_the_four_slips_counts_one),
        cmocka_unit_test(overlong_words_are_near_to_nothing),
        cmocka_unit_test(the_nearest_word_wins_and_far_ones_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
