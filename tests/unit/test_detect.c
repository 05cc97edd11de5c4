/* test_detect.c: when a series left its baseline, on made noise. */
#include "spread/detect.h"

#include "case_builder.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { N_MAX = 1440 };

enum noise { NORMAL, DRIFTING, LOGNORMAL, SPARSE, CLUMPED, BUSY, DAILY, FLAT, N_NOISES };

struct made {
    enum noise kind;
    size_t n;
    double v[N_MAX];
};

static void make(struct made *m, enum noise kind, size_t n, struct build_rng *rng)
{
    m->kind = kind;
    m->n = n;
    double walk = 0;
    double phase = build_uniform(rng);
    for (size_t i = 0; i < n; i++) {
        double day = sin(6.283185 * ((double)i / 288 + phase));
        walk = 0.6 * walk + build_normal(rng);
        switch (kind) {
        case NORMAL:
            m->v[i] = 50 + 5 * build_normal(rng);
            break;
        case DRIFTING:
            m->v[i] = 50 + 5 * walk;
            break;
        case LOGNORMAL:
            m->v[i] = 0.1 * exp(0.5 * build_normal(rng));
            break;
        case SPARSE:
            m->v[i] = build_poisson(rng, 0.2);
            break;
        case CLUMPED:
            m->v[i] = build_poisson(rng, 0.3 * exp(build_normal(rng)));
            break;
        case BUSY:
            m->v[i] = build_poisson(rng, 200);
            break;
        case DAILY:
            m->v[i] = build_poisson(rng, 200 * (1 + 0.5 * day));
            break;
        default:
            m->v[i] = 3;
        }
    }
}

static bool counts(enum noise kind)
{
    return kind == SPARSE || kind == CLUMPED || kind == BUSY || kind == DAILY;
}

static ko_segments detect(const struct made *m, size_t healthy, struct ko_arena *scratch)
{
    struct ko_detect_in in = {.v = m->v,
                              .n = m->n,
                              .healthy = healthy,
                              .event = counts(m->kind),
                              .ratio = m->kind == LOGNORMAL};
    ko_segments found = {0};
    assert_int_equal(ko_detect(&in, scratch, &found), KO_OK);
    return found;
}

static void healthy_noise_has_next_to_no_trouble(void **state)
{
    (void)state;
    static struct made m;
    size_t alarms = 0;
    for (enum noise kind = NORMAL; kind < N_NOISES; kind++) {
        struct build_rng rng = {UINT64_C(77) + kind};
        for (int run = 0; run < 400; run++) {
            struct ko_arena scratch = {0};
            make(&m, kind, 288, &rng);
            alarms += detect(&m, 0, &scratch).n;
            ko_arena_release(&scratch);
        }
    }
    assert_true(alarms <= 10);
}

static void short_healthy_windows_have_next_to_no_trouble(void **state)
{
    (void)state;
    static struct made m;
    size_t alarms = 0;
    for (enum noise kind = NORMAL; kind < N_NOISES; kind++) {
        struct build_rng rng = {UINT64_C(177) + kind};
        for (int run = 0; run < 1000; run++) {
            struct ko_arena scratch = {0};
            make(&m, kind, 40, &rng);
            alarms += detect(&m, 0, &scratch).n;
            ko_arena_release(&scratch);
        }
    }
    assert_true(alarms <= 16);
}

/* A step of eight sigma, or as visible for its kind. */
static void add_step(struct made *m, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (counts(m->kind))
            m->v[i] += m->kind == BUSY || m->kind == DAILY ? 250 : 10;
        else if (m->kind == LOGNORMAL)
            m->v[i] *= 20;
        else
            m->v[i] += 50;
    }
}

static void step_is_found_within_one_bucket(void **state)
{
    (void)state;
    static struct made m;
    size_t missed = 0;
    size_t far = 0;
    size_t outside = 0;
    size_t runs = 0;
    for (enum noise kind = NORMAL; kind < N_NOISES; kind++) {
        struct build_rng rng = {UINT64_C(5) + kind};
        for (size_t onset = 12; onset < 50; onset++, runs++) {
            struct ko_arena scratch = {0};
            make(&m, kind, 60, &rng);
            add_step(&m, onset, onset + 10);
            ko_segments found = detect(&m, 0, &scratch);
            if (found.n == 0) {
                missed++;
            } else {
                const struct ko_segment *s = &found.v[0];
                far += llabs((long long)s->from - (long long)onset) > 1;
                outside += onset < s->lo || onset > s->hi;
            }
            ko_arena_release(&scratch);
        }
    }
    assert_true(missed <= runs / 10 && far <= runs / 50 && outside <= runs / 10);
}

static void end_of_the_trouble_is_found(void **state)
{
    (void)state;
    static struct made m;
    struct build_rng rng = {4};
    struct ko_arena scratch = {0};
    make(&m, NORMAL, 60, &rng);
    add_step(&m, 30, 42);
    ko_segments found = detect(&m, 0, &scratch);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].to, 42);
    assert_true(found.v[0].rise && found.v[0].score > 1);
    ko_arena_release(&scratch);
}

static void one_odd_bucket_is_no_trouble(void **state)
{
    (void)state;
    static struct made m;
    for (enum noise kind = NORMAL; kind < N_NOISES; kind++) {
        struct build_rng rng = {9};
        struct ko_arena scratch = {0};
        make(&m, kind, 60, &rng);
        add_step(&m, 30, 31);
        assert_int_equal(detect(&m, 0, &scratch).n, 0);
        ko_arena_release(&scratch);
    }
}

static void declared_healthy_part_makes_short_windows_enough(void **state)
{
    (void)state;
    struct made m = {NORMAL, 10, {10, 11, 10, 9, 10, 11, 60, 62, 61, 60}};
    struct ko_arena scratch = {0};
    ko_segments found = detect(&m, 6, &scratch);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].from, 6);
    ko_arena_release(&scratch);
}

static void empty_missing_and_constant_series_are_silent(void **state)
{
    (void)state;
    struct ko_arena scratch = {0};
    struct made m = {NORMAL, 0, {0}};
    assert_int_equal(detect(&m, 0, &scratch).n, 0);
    m.n = 60;
    for (size_t i = 0; i < m.n; i++)
        m.v[i] = NAN;
    assert_int_equal(detect(&m, 0, &scratch).n, 0);
    for (size_t i = 0; i < m.n; i++)
        m.v[i] = 0;
    assert_int_equal(detect(&m, 0, &scratch).n, 0);
    ko_arena_release(&scratch);
}

static void job_at_equal_intervals_is_no_trouble_but_a_larger_beat_is(void **state)
{
    (void)state;
    static struct made m;
    struct build_rng rng = {4};
    struct ko_arena scratch = {0};
    make(&m, NORMAL, 288, &rng);
    for (size_t at = 40; at + 6 < m.n; at += 48)
        add_step(&m, at, at + 6);
    assert_int_equal(detect(&m, 0, &scratch).n, 0);
    for (size_t i = 184; i < 190; i++)
        m.v[i] += 100;
    ko_segments found = detect(&m, 0, &scratch);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].from, 184);
    ko_arena_release(&scratch);
}

static void shift_and_scale_change_nothing(void **state)
{
    (void)state;
    static struct made m;
    struct build_rng rng = {21};
    struct ko_arena scratch = {0};
    make(&m, NORMAL, 60, &rng);
    add_step(&m, 33, 50);
    ko_segments a = detect(&m, 0, &scratch);
    for (size_t i = 0; i < m.n; i++)
        m.v[i] = 1024 * m.v[i] + 4096;
    ko_segments b = detect(&m, 0, &scratch);
    assert_int_equal(a.n, 1);
    assert_int_equal(b.n, 1);
    assert_int_equal(a.v[0].from, b.v[0].from);
    assert_int_equal(a.v[0].to, b.v[0].to);
    assert_float_equal(a.v[0].score, b.v[0].score, 1e-6);
    ko_arena_release(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(healthy_noise_has_next_to_no_trouble),
        cmocka_unit_test(short_healthy_windows_have_next_to_no_trouble),
        cmocka_unit_test(step_is_found_within_one_bucket),
        cmocka_unit_test(end_of_the_trouble_is_found),
        cmocka_unit_test(one_odd_bucket_is_no_trouble),
        cmocka_unit_test(declared_healthy_part_makes_short_windows_enough),
        cmocka_unit_test(empty_missing_and_constant_series_are_silent),
        cmocka_unit_test(job_at_equal_intervals_is_no_trouble_but_a_larger_beat_is),
        cmocka_unit_test(shift_and_scale_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
