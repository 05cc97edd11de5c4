/* test_baseline.c: the yardstick that onsets and suspects share. */
#include "spread/baseline.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { N = 60, ONSET = 40 };

struct made {
    double v[N];
    struct ko_arena scratch;
};

static struct made noise(uint64_t seed, double mean, double sigma)
{
    struct made m = {0};
    struct build_rng rng = {seed};
    for (size_t i = 0; i < N; i++)
        m.v[i] = mean + sigma * build_normal(&rng);
    return m;
}

static struct ko_baseline_score score_as(struct made *m, double event)
{
    struct ko_baseline_in in = {
        .v = m->v, .n = N, .before = ONSET, .from = ONSET, .to = N, .event = event};
    struct ko_baseline_score s;
    assert_int_equal(ko_baseline_score(&in, &m->scratch, &s), KO_OK);
    ko_arena_release(&m->scratch);
    return s;
}

static void noise_alone_stays_below_one(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct made m = noise(seed, 10, 2);
        assert_true(score_as(&m, 0).score < 1.3);
    }
}

static void step_of_eight_sigma_is_unusual(void **state)
{
    (void)state;
    struct made m = noise(7, 10, 1);
    for (size_t i = ONSET; i < N; i++)
        m.v[i] += 8;
    struct ko_baseline_score s = score_as(&m, 0);
    assert_true(s.score > 1.5 && s.rise);
    assert_true(fabs(s.before - 10) < 1 && fabs(s.after - 18) < 1);
}

static void fall_counts_like_a_rise(void **state)
{
    (void)state;
    struct made up = noise(7, 0, 1);
    struct made down = up;
    for (size_t i = ONSET; i < N; i++)
        up.v[i] += 8;
    for (size_t i = 0; i < N; i++)
        down.v[i] = -up.v[i];
    struct ko_baseline_score a = score_as(&up, 0);
    struct ko_baseline_score b = score_as(&down, 0);
    assert_true(a.rise && !b.rise);
    assert_float_equal(a.score, b.score, 1e-9);
}

static void unit_of_the_signal_does_not_matter(void **state)
{
    (void)state;
    struct made m = noise(3, 10, 1);
    for (size_t i = ONSET; i < N; i++)
        m.v[i] += 6;
    struct made bytes = m;
    for (size_t i = 0; i < N; i++)
        bytes.v[i] *= 1e9;
    assert_float_equal(score_as(&m, 0).score, score_as(&bytes, 0).score, 1e-6);
}

static void two_errors_after_none_are_not_unusual(void **state)
{
    (void)state;
    struct made m = noise(1, 0, 0);
    m.v[ONSET + 3] = 2;
    assert_true(score_as(&m, 1).score < 1);
}

static void five_errors_a_minute_after_none_are_unusual(void **state)
{
    (void)state;
    struct made m = noise(1, 0, 0);
    for (size_t i = ONSET; i < N; i++)
        m.v[i] = 5;
    assert_true(score_as(&m, 1).score > 1.5);
}

static void zero_history_gives_a_bounded_score_and_says_so(void **state)
{
    (void)state;
    struct made m = noise(1, 0, 0);
    for (size_t i = ONSET; i < N; i++)
        m.v[i] = 1e12;
    struct ko_baseline_score s = score_as(&m, 0);
    assert_true(s.constant && s.score > 1 && s.score < 100);
}

static void missing_numbers_change_nothing_and_nothing_left_is_unknown(void **state)
{
    (void)state;
    struct made m = noise(5, 10, 1);
    for (size_t i = 0; i < N; i += 3)
        m.v[i] = NAN;
    assert_true(score_as(&m, 0).score < 1.3);
    for (size_t i = ONSET; i < N; i++)
        m.v[i] = NAN;
    assert_true(isnan(score_as(&m, 0).score));
    for (size_t i = 0; i < N; i++)
        m.v[i] = i < ONSET ? NAN : 1;
    assert_true(isnan(score_as(&m, 0).score));
}

static struct ko_series series_of(struct made *m, const char *stat, enum ko_class cls)
{
    return (struct ko_series){.stat = ko_str(stat), .cls = (int)cls, .v = {m->v, N, N}};
}

static void what_is_counted_and_what_is_measured(void **state)
{
    (void)state;
    struct made m = noise(1, 0, 0);
    m.v[3] = m.v[9] = 1.0 / 6;
    m.v[20] = 2.0 / 6;
    struct ko_series rare = series_of(&m, "mean", KO_CLASS_ERROR);
    struct ko_series depth = series_of(&m, "mean", KO_CLASS_QUEUE);
    assert_float_equal(ko_baseline_event(&rare), 1.0 / 6, 1e-12);
    assert_true(ko_baseline_event(&depth) == 0);
    struct made whole = noise(1, 4, 0);
    struct ko_series sum = series_of(&whole, "sum", KO_CLASS_LOAD);
    struct ko_series often = series_of(&whole, "rate", KO_CLASS_ERROR);
    assert_true(ko_baseline_event(&sum) == 1);
    assert_true(ko_baseline_event(&often) == 0);
}

static void rare_errors_told_as_a_mean_are_as_ordinary_as_told_as_a_count(void **state)
{
    (void)state;
    struct made m = noise(1, 0, 0);
    m.v[12] = m.v[ONSET + 3] = 2;
    double counted = score_as(&m, 1).score;
    for (size_t i = 0; i < N; i++)
        m.v[i] /= 6;
    assert_float_equal(score_as(&m, 1.0 / 6).score, counted, 1e-9);
    assert_true(counted < 1);
}

static void old_outlier_does_not_hide_a_new_level(void **state)
{
    (void)state;
    struct made m = noise(9, 10, 1);
    m.v[5] = 200;
    for (size_t i = ONSET; i < N; i++)
        m.v[i] += 10;
    assert_true(score_as(&m, 0).score > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(noise_alone_stays_below_one),
        cmocka_unit_test(step_of_eight_sigma_is_unusual),
        cmocka_unit_test(fall_counts_like_a_rise),
        cmocka_unit_test(unit_of_the_signal_does_not_matter),
        cmocka_unit_test(two_errors_after_none_are_not_unusual),
        cmocka_unit_test(five_errors_a_minute_after_none_are_unusual),
        cmocka_unit_test(zero_history_gives_a_bounded_score_and_says_so),
        cmocka_unit_test(missing_numbers_change_nothing_and_nothing_left_is_unknown),
        cmocka_unit_test(what_is_counted_and_what_is_measured),
        cmocka_unit_test(rare_errors_told_as_a_mean_are_as_ordinary_as_told_as_a_count),
        cmocka_unit_test(old_outlier_does_not_hide_a_new_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
