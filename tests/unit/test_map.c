#include "unit.h"

#include "base/map.h"

#include <stdio.h>

static void put_key(struct ko_map *m, int i, uint32_t *ret)
{
    char text[32];
    int n = snprintf(text, sizeof text, "key-%d", i);
    assert_int_equal(ko_map_put(m, (struct ko_str){text, (size_t)n}, (uint32_t)i, ret),
                     KO_OK);
}

static void every_key_is_found_whatever_the_seed(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 3; seed++) {
        struct ko_map m;
        ko_map_init(&m, seed * 977);
        uint32_t v;
        for (int i = 0; i < 5000; i++) {
            put_key(&m, i, &v);
            assert_int_equal(v, i);
        }
        assert_true(ko_map_get(&m, KO_STR("key-4999"), &v));
        assert_int_equal(v, 4999);
        assert_false(ko_map_get(&m, KO_STR("key-5000"), &v));
        assert_str(m.entries[7].key, "key-7");
        ko_map_release(&m);
        assert_false(ko_map_get(&m, KO_STR("key-1"), &v));
    }
}

static void a_second_put_keeps_the_first_value(void **state)
{
    (void)state;
    struct ko_map m;
    ko_map_init(&m, 1);
    uint32_t v;
    assert_int_equal(ko_map_put(&m, KO_STR("a\0b"), 1, &v), KO_OK);
    assert_int_equal(ko_map_put(&m, KO_STR("a\0b"), 2, &v), KO_OK);
    assert_int_equal(v, 1);
    assert_false(ko_map_get(&m, KO_STR("a"), &v));
    assert_int_equal(m.n, 1);
    ko_map_release(&m);
}

static void the_hash_is_the_same_on_every_machine(void **state)
{
    (void)state;
    assert_int_equal(ko_hash(KO_STR(""), 0), 0);
    assert_true(ko_hash(KO_STR("knockon"), 0) == ko_hash(KO_STR("knockon"), 0));
    assert_true(ko_hash(KO_STR("knockon"), 0) != ko_hash(KO_STR("knockoo"), 0));
    assert_true(ko_hash(KO_STR("knockon"), 0) != ko_hash(KO_STR("knockon"), 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_found_whatever_the_seed),
        cmocka_unit_test(a_second_put_keeps_the_first_value),
        cmocka_unit_test(the_hash_is_the_same_on_every_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
