#include "unit.h"

#include "app/filter.h"
#include "app/pipeline.h"

static const char quiet[] =
    "{\"type\":\"case\",\"format\":\"knockon/case\",\"version\":1,\"from\":0,"
    "\"step\":1000,\"buckets\":3}\n"
    "{\"type\":\"entity\",\"name\":\"a\",\"kind\":\"service\"}\n"
    "{\"type\":\"series\",\"entity\":\"a\",\"signal\":\"requests\",\"class\":\"load\","
    "\"from\":0,\"values\":[1,1,1]}\n"
    "{\"type\":\"from-the-future\",\"x\":1}\n";

static const struct ko_filter_options defaults;
static struct ko_buf once, twice;

static int begin(void **state)
{
    (void)state;
    ko_buf_init(&once, KO_BUF_MAX);
    ko_buf_init(&twice, KO_BUF_MAX);
    return 0;
}

static int end(void **state)
{
    (void)state;
    ko_buf_release(&once);
    ko_buf_release(&twice);
    return 0;
}

static enum ko_status apply(const struct ko_filter *f, struct ko_str in,
                            struct ko_buf *out, bool *found)
{
    return ko_filter_apply(f, in, KO_STR("in"), &defaults, out, found, NULL);
}

static void a_filter_applied_twice_changes_nothing_more(void **state)
{
    (void)state;
    const struct ko_filter *const filters[] = {&ko_filter_correlate, &ko_filter_blame};
    for (size_t i = 0; i < 2; i++) {
        bool found = true;
        ko_buf_reset(&once);
        ko_buf_reset(&twice);
        assert_int_equal(apply(filters[i], ko_str(quiet), &once, &found), KO_OK);
        assert_false(found);
        assert_int_equal(apply(filters[i], ko_buf_str(&once), &twice, &found), KO_OK);
        assert_slice(ko_buf_str(&twice), ko_buf_str(&once));
    }
}

static void records_of_unknown_types_pass(void **state)
{
    (void)state;
    size_t at;
    assert_int_equal(apply(&ko_filter_blame, ko_str(quiet), &once, NULL), KO_OK);
    assert_true(ko_str_find(ko_buf_str(&once),
                            KO_STR("{\"type\":\"from-the-future\",\"x\":1}"), &at));
}

static void the_pipeline_gives_what_the_filters_give_one_by_one(void **state)
{
    (void)state;
    struct ko_buf piped;
    ko_buf_init(&piped, KO_BUF_MAX);
    assert_int_equal(apply(&ko_filter_correlate, ko_str(quiet), &once, NULL), KO_OK);
    assert_int_equal(apply(&ko_filter_blame, ko_buf_str(&once), &twice, NULL), KO_OK);
    assert_int_equal(ko_pipeline_run(ko_str(quiet), KO_STR("in"), NULL, &piped, NULL), KO_OK);
    assert_slice(ko_buf_str(&piped), ko_buf_str(&twice));
    ko_buf_reset(&once);
    assert_int_equal(ko_pipeline_run(ko_buf_str(&twice), KO_STR("in"), NULL, &once, NULL),
                     KO_OK);
    assert_slice(ko_buf_str(&once), ko_buf_str(&twice));
    ko_buf_release(&piped);
}

static void what_is_no_case_is_refused_with_its_place(void **state)
{
    (void)state;
    struct ko_err err = {0};
    assert_int_equal(ko_filter_apply(&ko_filter_correlate, KO_STR("hello\n"), KO_STR("f"),
                                     &defaults, &once, NULL, &err),
                     KO_ESYNTAX);
    assert_string_equal(err.source, "f");
    assert_int_equal(err.line, 1);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        T(a_filter_applied_twice_changes_nothing_more),
        T(records_of_unknown_types_pass),
        T(the_pipeline_gives_what_the_filters_give_one_by_one),
        T(what_is_no_case_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
