/* test_confine.c: combinations of values to which trouble is confined. */
#include "impact/confine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

enum { REGIONS = 4, VERSIONS = 3, CHANNELS = 3, DIMS = 3 };
enum { LEAVES = REGIONS * VERSIONS * CHANNELS, TRAFFIC = 1000, NORMAL = 10, HURT = 400 };

/* A leaf for every combination, all healthy. */
struct platform {
    uint32_t value[LEAVES][DIMS];
    struct ko_leaf leaf[LEAVES];
};

static void build(struct platform *p)
{
    for (uint32_t i = 0; i < LEAVES; i++) {
        p->value[i][0] = i % REGIONS;
        p->value[i][1] = i / REGIONS % VERSIONS;
        p->value[i][2] = i / REGIONS / VERSIONS;
        p->leaf[i] = (struct ko_leaf){p->value[i], TRAFFIC, NORMAL + (int)(i % 3) - 1,
                                      ko_leaf_expect(NORMAL, TRAFFIC, 0.01, TRAFFIC)};
    }
}

static void hurt(struct platform *p, size_t dim, uint32_t value, size_t dim2,
                 uint32_t value2)
{
    for (size_t i = 0; i < LEAVES; i++) {
        if (p->value[i][dim] == value && p->value[i][dim2] == value2)
            p->leaf[i].bad = HURT;
    }
}

static struct ko_confined find(const struct platform *p)
{
    struct ko_confined r;
    assert_int_equal(ko_confine_find(p->leaf, LEAVES, DIMS, &r), KO_OK);
    return r;
}

static void one_value_of_one_dimension_is_named(void **state)
{
    (void)state;
    struct platform p;
    build(&p);
    hurt(&p, 0, 2, 0, 2);
    struct ko_confined r = find(&p);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.sets[0].dims, 1);
    assert_int_equal(r.sets[0].value[0], 2);
    assert_true(r.sets[0].explained > 0.95 && r.sets[0].purity > 0.99);
    assert_int_equal((int)r.sets[0].bad, HURT * VERSIONS * CHANNELS);
}

static void a_version_in_a_region_is_named_with_both(void **state)
{
    (void)state;
    struct platform p;
    build(&p);
    hurt(&p, 0, 1, 1, 2);
    struct ko_confined r = find(&p);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.sets[0].dims, 3);
    assert_int_equal(r.sets[0].value[0], 1);
    assert_int_equal(r.sets[0].value[1], 2);
}

static void two_places_are_two_sets(void **state)
{
    (void)state;
    struct platform p;
    build(&p);
    hurt(&p, 0, 1, 1, 2);
    hurt(&p, 0, 3, 2, 0);
    struct ko_confined r = find(&p);
    assert_int_equal(r.n, 2);
    assert_true(r.explained > 0.95);
    assert_true(r.sets[0].explained >= r.sets[1].explained);
}

static void pain_everywhere_is_confined_to_nothing(void **state)
{
    (void)state;
    struct platform p;
    build(&p);
    for (size_t i = 0; i < LEAVES; i++)
        p.leaf[i].bad = HURT;
    assert_int_equal(find(&p).n, 0);
}

static void what_chance_gives_is_confined_to_nothing(void **state)
{
    (void)state;
    struct platform p;
    build(&p);
    p.leaf[7].bad = NORMAL + 9;
    assert_int_equal(find(&p).n, 0);
}

static void the_order_of_leaves_does_not_matter(void **state)
{
    (void)state;
    struct platform p;
    struct ko_leaf turned[LEAVES];
    struct ko_confined r, t;
    build(&p);
    hurt(&p, 0, 1, 1, 2);
    hurt(&p, 0, 3, 2, 0);
    for (size_t i = 0; i < LEAVES; i++)
        turned[i] = p.leaf[LEAVES - 1 - i];
    r = find(&p);
    assert_int_equal(ko_confine_find(turned, LEAVES, DIMS, &t), KO_OK);
    assert_int_equal(t.n, r.n);
    for (size_t i = 0; i < r.n; i++) {
        assert_int_equal(t.sets[i].dims, r.sets[i].dims);
        assert_memory_equal(t.sets[i].value, r.sets[i].value, sizeof r.sets[i].value);
    }
}

static void a_leaf_of_little_traffic_expects_what_the_others_do(void **state)
{
    (void)state;
    double small = ko_leaf_expect(1, 1, 0.01, 100),
           large = ko_leaf_expect(500, 1000, 0.01, 100);
    assert_true(small < 6);
    assert_true(large > 49 && large < 50);
}

static void nothing_and_too_much_are_no_trouble(void **state)
{
    (void)state;
    struct ko_confined r;
    struct platform p;
    build(&p);
    assert_int_equal(ko_confine_find(NULL, 0, DIMS, &r), KO_OK);
    assert_int_equal(r.n, 0);
    assert_int_equal(ko_confine_find(p.leaf, LEAVES, 0, &r), KO_OK);
    assert_int_equal(ko_confine_find(p.leaf, LEAVES, KO_CONFINE_DIMS_MAX + 1, &r),
                     KO_ELIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_value_of_one_dimension_is_named),
        cmocka_unit_test(a_version_in_a_region_is_named_with_both),
        cmocka_unit_test(two_places_are_two_sets),
        cmocka_unit_test(pain_everywhere_is_confined_to_nothing),
        cmocka_unit_test(what_chance_gives_is_confined_to_nothing),
        cmocka_unit_test(the_order_of_leaves_does_not_matter),
        cmocka_unit_test(a_leaf_of_little_traffic_expects_what_the_others_do),
        cmocka_unit_test(nothing_and_too_much_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
