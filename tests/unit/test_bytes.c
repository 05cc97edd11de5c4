#include "unit.h"

#include "base/bytes.h"

/* What is found sixteen bytes at a time is what is found byte by byte, from any place to
 * any end. */
enum { LONGEST = 150 };

static void fill(char *text, uint32_t seed)
{
    static const char kinds[] = "0123 \t=\"\\abc\x01\xc3\xa9\n";
    for (size_t i = 0; i < LONGEST; i++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t at = (seed >> 24) % (sizeof kinds - 1);
        text[i] = (seed >> 20 & 3) == 0 ? kinds[at] : '7';
    }
}

static void runs_end_where_a_byte_by_byte_search_ends(void **state)
{
    (void)state;
    char text[LONGEST];
    for (uint32_t seed = 0; seed < 300; seed++) {
        fill(text, seed);
        const char *end = text + LONGEST - seed % 20;
        for (const char *from = text; from < end; from += 7) {
            size_t lines = 0;
            const char *digits = from, *word = from;
            while (digits < end && *digits >= '0' && *digits <= '9')
                digits++;
            while (word < end && *word != ' ' && *word != '\t' && *word != '=')
                word++;
            for (const char *p = from; p < end; p++)
                lines += *p == '\n' ? 1 : 0;
            assert_ptr_equal(ko_bytes_digits(from, end), digits);
            assert_ptr_equal(ko_bytes_word_or(from, end, '='), word);
            assert_int_equal(ko_bytes_count(from, (size_t)(end - from), '\n'), lines);
        }
    }
}

static void runs_are_the_same_only_if_every_byte_is(void **state)
{
    (void)state;
    char a[40], b[40];
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    for (size_t n = 0; n <= sizeof a; n++) {
        assert_true(ko_bytes_same(a, b, n));
        for (size_t i = 0; i < n; i++) {
            b[i] = 'y';
            assert_false(ko_bytes_same(a, b, n));
            b[i] = 'x';
        }
    }
}

static void a_word_has_the_bytes_that_stand_in_it(void **state)
{
    (void)state;
    const uint64_t word = ko_bytes_le64("ab<d\xff\x80z\x01");
    assert_true(ko_bytes_have(word, '<'));
    assert_true(ko_bytes_have(word, '\xff'));
    assert_true(ko_bytes_have(word, '\x01'));
    assert_false(ko_bytes_have(word, '='));
    assert_false(ko_bytes_have(word, ';'));
    assert_false(ko_bytes_have(word, '\0'));
}

static void the_digits_of_a_word_are_told(void **state)
{
    (void)state;
    for (unsigned c = 0; c < 256; c++) {
        char text[8] = {'9', '\xff', (char)c, ':', (char)c, '/', '0', '\xb5'};
        uint64_t here = c >= '0' && c <= '9' ? 0x80 : 0;
        uint64_t want = UINT64_C(0x80) | here << 16 | here << 32 | UINT64_C(0x80) << 48;
        assert_true(ko_bytes_digits_of(ko_bytes_le64(text)) == want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_end_where_a_byte_by_byte_search_ends),
        cmocka_unit_test(runs_are_the_same_only_if_every_byte_is),
        cmocka_unit_test(the_digits_of_a_word_are_told),
        cmocka_unit_test(a_word_has_the_bytes_that_stand_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
