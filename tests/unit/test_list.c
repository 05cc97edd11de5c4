#include "unit.h"

#include "base/list.h"

static void items_keep_their_values_while_the_list_grows(void **state)
{
    (void)state;
    struct ko_arena a = {0};
    KO_LIST(int) list = {0};
    for (int i = 0; i < 1000; i++) {
        int *item;
        KO_LIST_ADD(&a, &list, item);
        assert_non_null(item);
        assert_int_equal(*item, 0);
        *item = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list.v[i], i);
    list.n = 10;
    int *again;
    KO_LIST_ADD(&a, &list, again);
    assert_int_equal(*again, 0);
    ko_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_keep_their_values_while_the_list_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
