#include "unit.h"

#include "base/digest.h"

enum { BYTES = 1000 };

static uint64_t digest_in_steps(const char *text, size_t n, size_t step)
{
    struct ko_digest d = {0};
    for (size_t i = 0; i < n; i += step)
        ko_digest_add(&d, ko_str_sub((struct ko_str){text, n}, i, step));
    return ko_digest_get(&d);
}

static void it_does_not_depend_on_how_bytes_arrive(void **state)
{
    (void)state;
    char text[BYTES];
    for (size_t i = 0; i < BYTES; i++)
        text[i] = (char)(i * i % 251);
    for (size_t n = 0; n < BYTES; n += 37) {
        uint64_t whole = digest_in_steps(text, n, BYTES);
        for (size_t step = 1; step < 200; step += 7)
            assert_true(digest_in_steps(text, n, step) == whole);
    }
}

static void any_other_bit_and_any_other_length_is_another_number(void **state)
{
    (void)state;
    char text[BYTES] = {0};
    uint64_t zeros = digest_in_steps(text, BYTES, BYTES);
    for (size_t i = 0; i < BYTES; i++) {
        assert_true(digest_in_steps(text, i, BYTES) != zeros);
        text[i] = (char)(1 << i % 8);
        assert_true(digest_in_steps(text, BYTES, BYTES) != zeros);
        text[i] = 0;
    }
}

static void blocks_in_another_order_are_another_number(void **state)
{
    (void)state;
    char a[2 * KO_DIGEST_BLOCK], b[2 * KO_DIGEST_BLOCK];
    memset(a, 'a', KO_DIGEST_BLOCK);
    memset(a + KO_DIGEST_BLOCK, 'b', KO_DIGEST_BLOCK);
    memset(b, 'b', KO_DIGEST_BLOCK);
    memset(b + KO_DIGEST_BLOCK, 'a', KO_DIGEST_BLOCK);
    assert_true(digest_in_steps(a, sizeof a, sizeof a) !=
                digest_in_steps(b, sizeof b, sizeof b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_does_not_depend_on_how_bytes_arrive),
        cmocka_unit_test(any_other_bit_and_any_other_length_is_another_number),
        cmocka_unit_test(blocks_in_another_order_are_another_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
