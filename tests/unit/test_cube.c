/* Tables of actual and expected numbers: the combinations that are off. */
#include "impact/cube.h"
#include "unit.h"

#include <math.h>

enum { A = 6, B = 5, C = 4, N = A * B * C };

/* All combinations of three attributes; ordinary noise of about 5 %. */
static void fill(struct ko_cube_leaf *leaves)
{
    for (uint32_t i = 0; i < N; i++) {
        double noise = (double)((i * 37 + 11) % 21) / 200 - 0.05;
        leaves[i] = (struct ko_cube_leaf){
            .value = {i / (B * C), i / C % B, i % C}, .dev = noise, .mass = noise};
    }
}

static struct ko_cube cube_of(const struct ko_cube_leaf *leaves)
{
    return (struct ko_cube){.dims = 3, .cards = {A, B, C}, .leaves = leaves, .n = N};
}

static void hit(struct ko_cube_leaf *leaves, uint32_t a, uint32_t b, double dev)
{
    for (size_t i = 0; i < N; i++) {
        bool in = (a == KO_CUBE_ANY || leaves[i].value[0] == a) &&
                  (b == KO_CUBE_ANY || leaves[i].value[1] == b);
        leaves[i].dev = in ? dev + leaves[i].dev / 2 : leaves[i].dev;
        leaves[i].mass = leaves[i].dev;
    }
}

static void one_value_is_named_alone(void **state)
{
    (void)state;
    struct ko_cube_leaf leaves[N];
    struct ko_cube_found r;
    fill(leaves);
    hit(leaves, 2, KO_CUBE_ANY, 0.9);
    struct ko_cube cube = cube_of(leaves);
    assert_int_equal(ko_cube_search(&cube, &r), KO_OK);
    assert_int_equal(r.n, 1);
    assert_int_equal(r.causes[0].value[0], 2);
    assert_int_equal(r.causes[0].value[1], KO_CUBE_ANY);
    assert_int_equal(r.causes[0].value[2], KO_CUBE_ANY);
    assert_int_equal(r.causes[0].leaves, B * C);
    assert_float_equal(r.causes[0].dev, 0.9, 0.03);
    assert_true(r.potential > 0.8);
}

static void two_values_together(void **state)
{
    (void)state;
    struct ko_cube_leaf leaves[N];
    struct ko_cube_found r;
    fill(leaves);
    hit(leaves, 1, 3, 1.2);
    hit(leaves, 4, 0, 0.6);
    struct ko_cube cube = cube_of(leaves);
    assert_int_equal(ko_cube_search(&cube, &r), KO_OK);
    assert_int_equal(r.n, 2);
    for (size_t i = 0; i < 2; i++) {
        bool first = r.causes[i].value[0] == 1;
        assert_int_equal(r.causes[i].value[0], first ? 1 : 4);
        assert_int_equal(r.causes[i].value[1], first ? 3 : 0);
        assert_int_equal(r.causes[i].value[2], KO_CUBE_ANY);
    }
}

static void noise_alone_names_nothing(void **state)
{
    (void)state;
    struct ko_cube_leaf leaves[N];
    struct ko_cube_found r;
    fill(leaves);
    struct ko_cube cube = cube_of(leaves);
    assert_int_equal(ko_cube_search(&cube, &r), KO_OK);
    assert_int_equal(r.n, 0);
}

static void pain_everywhere_is_everywhere(void **state)
{
    (void)state;
    struct ko_cube_leaf leaves[N];
    struct ko_cube_found r;
    fill(leaves);
    hit(leaves, KO_CUBE_ANY, KO_CUBE_ANY, 0.7);
    struct ko_cube cube = cube_of(leaves);
    assert_int_equal(ko_cube_search(&cube, &r), KO_OK);
    assert_true(r.everywhere);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_value_is_named_alone),
        cmocka_unit_test(two_values_together),
        cmocka_unit_test(noise_alone_names_nothing),
        cmocka_unit_test(pain_everywhere_is_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
