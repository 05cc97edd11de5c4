/* test_combine.c: combinations of values as leaves, and those that the pain is confined
 * to. */
#include "unit.h"

#include "impact/combine.h"
#include "impact/joint.h"
#include "impact_case.h"

enum { MINUTES = 60, START = 30, REGIONS = 3, CHANNELS = 3 };

static const char *const regions[REGIONS] = {"region=ap", "region=eu", "region=us"};
static const char *const channels[CHANNELS] = {"channel=chat", "channel=voice",
                                               "channel=web"};

static void put(struct ko_case *c, ko_nums *v, double before, double during)
{
    v->v = ko_arena_alloc(&c->arena, MINUTES, sizeof *v->v);
    assert_non_null(v->v);
    v->n = v->cap = MINUTES;
    for (size_t i = 0; i < MINUTES; i++)
        v->v[i] = i < START ? before : during;
}

/* 50 a minute of two values, one of them failed; ${during} once the incident is on. */
static void add(struct ko_case *c, const char *channel, const char *region, double during)
{
    struct ko_combination *m = ko_case_add(c, "combination");
    assert_non_null(m);
    assert_int_equal(ko_case_add_str(c, &m->of, ko_str(channel)), KO_OK);
    assert_int_equal(ko_case_add_str(c, &m->of, ko_str(region)), KO_OK);
    put(c, &m->total, 50, 50);
    put(c, &m->bad, 1, during);
}

/* All combinations; ${hurt_region} fails on ${hurt_channel}, everywhere for NULL. */
static struct ko_window build(struct ko_case *c, const char *hurt_channel,
                              const char *hurt_region)
{
    struct ko_window w;
    build_case(c, MINUTES);
    make_chain(c, "a", START);
    for (size_t i = 0; i < CHANNELS; i++) {
        for (size_t k = 0; k < REGIONS; k++) {
            bool hurt = (hurt_channel == NULL || hurt_channel == channels[i]) &&
                        (hurt_region == NULL || hurt_region == regions[k]);
            add(c, channels[i], regions[k], hurt ? 30 : 1);
        }
    }
    assert_true(ko_window_find(c, &w));
    return w;
}

static const struct ko_impact *confined(const struct ko_case *c)
{
    for (size_t i = 0; i < c->impacts.n; i++) {
        if (ko_str_eq(c->impacts.v[i].measure, KO_STR("confined-combination")))
            return &c->impacts.v[i];
    }
    return NULL;
}

static void pain_of_one_pair_is_confined_to_it(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, channels[1], regions[2]);
    assert_int_equal(ko_combine_run(&c, &w), KO_OK);
    const struct ko_impact *m = confined(&c);
    assert_non_null(m);
    assert_str(m->value, "channel=voice, region=us");
    assert_true(m->share > 0.95);
    assert_true(m->total > 850 && m->total < 880);
    ko_case_release(&c);
}

static void pain_of_a_region_needs_no_channel(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, NULL, regions[0]);
    assert_int_equal(ko_combine_run(&c, &w), KO_OK);
    const struct ko_impact *m = confined(&c);
    assert_non_null(m);
    assert_str(m->value, "region=ap");
    ko_case_release(&c);
}

static void pain_everywhere_is_confined_to_nothing(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_window w = build(&c, NULL, NULL);
    assert_int_equal(ko_combine_run(&c, &w), KO_OK);
    const struct ko_impact *m = confined(&c);
    assert_non_null(m);
    assert_int_equal(m->value.n, 0);
    ko_case_release(&c);
}

static void leaves_number_values_by_dimension_and_keep_what_is_not_said(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_joint j;
    (void)build(&c, NULL, NULL);
    struct ko_combination *m = ko_case_add(&c, "combination");
    assert_int_equal(ko_case_add_str(&c, &m->of, KO_STR("region=eu")), KO_OK);
    m = ko_case_add(&c, "combination");
    assert_int_equal(ko_case_add_str(&c, &m->of, KO_STR("(other)")), KO_OK);
    assert_int_equal(ko_joint_of(&c, false, &j), KO_OK);
    assert_int_equal(j.dims, 2);
    assert_str(j.dim[0], "channel");
    assert_int_equal(j.n, CHANNELS * REGIONS + 1); /* all the rare ones are none */
    assert_int_equal(j.cards[0], CHANNELS + 1);
    assert_int_equal(j.value[(j.n - 1) * 2], 0);
    assert_str(ko_joint_name(&j, 1, j.value[(j.n - 1) * 2 + 1]), "region=eu");
    ko_joint_release(&j);
    assert_int_equal(ko_joint_of(&c, true, &j), KO_OK);
    assert_int_equal(j.n, 0); /* none is of a table of one moment */
    ko_joint_release(&j);
    ko_case_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pain_of_one_pair_is_confined_to_it),
        cmocka_unit_test(pain_of_a_region_needs_no_channel),
        cmocka_unit_test(pain_everywhere_is_confined_to_nothing),
        cmocka_unit_test(leaves_number_values_by_dimension_and_keep_what_is_not_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
