#include "unit.h"

#include "show/spark.h"

#include <math.h>

static void check(const double *v, size_t n, size_t columns, bool ascii, const char *want)
{
    struct ko_buf out;
    ko_buf_init(&out, 1 << 10);
    ko_spark(&out, v, n, columns, ascii);
    assert_slice(ko_buf_str(&out), ko_str(want));
    ko_buf_release(&out);
}

static void values_span_all_steps(void **state)
{
    (void)state;
    const double v[] = {0, 1, 2, 3, 4, 5, 6, 7};
    check(v, 8, 8, false, "▁▂▃▄▅▆▇█");
    check(v, 8, 8, true, "_.:-=+*#");
}

static void missing_values_are_blank_not_low(void **state)
{
    (void)state;
    const double v[] = {1, NAN, 2};
    check(v, 3, 3, false, "▁ █");
    check(NULL, 0, 3, false, "   ");
    const double none[] = {NAN, NAN};
    check(none, 2, 2, true, "  ");
}

static void a_constant_stands_on_the_lowest_step(void **state)
{
    (void)state;
    const double v[] = {5, 5, 5};
    check(v, 3, 3, false, "▁▁▁");
}

static void a_column_is_the_mean_of_its_share(void **state)
{
    (void)state;
    const double v[] = {0, 2, 4, 6};
    assert_true(ko_spark_column(v, 4, 2, 0) == 1);
    assert_true(ko_spark_column(v, 4, 2, 1) == 5);
    assert_true(ko_spark_column(v, 4, 8, 7) == 6);
    assert_true(isnan(ko_spark_column(v, 0, 2, 0)));
    check(v, 4, 2, true, "_#");
    check(v, 2, 4, true, "__##");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_span_all_steps),
        cmocka_unit_test(missing_values_are_blank_not_low),
        cmocka_unit_test(a_constant_stands_on_the_lowest_step),
        cmocka_unit_test(a_column_is_the_mean_of_its_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
