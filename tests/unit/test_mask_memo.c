/* test_mask_memo.c: a message gets the template of its kind, which is its own. */
#include "base/buf.h"
#include "base/map.h"
#include "reduce/mask.h"
#include "reduce/mask_memo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What stands in messages and could mislead: places in code, paths, codes, quotes. */
static const char *const words[] = {
    "took", "status", "code",      "HTTP/1.1", "HTTP/",    "Class#",  "file.go:",
    "/v1/", "/v",     "/a/",       "/a?x=",    "user",     "id",      "order_id",
    "http", "p",      "2",         "17",       "200",      "503",     "699",
    "4711", "0",      "12.34",     "-5",       "5%",       "1,2, 3",  "ab12cd",
    "k8s",  "a@b.c",  "Ctl2Run.x", "10:33",    "\xc3\xa9", "1.2.3.4", "http://h/1",
    "7xx",  "5xx",    "12.go:33",  "v"};
static const char *const joints[] = {" ", "=",  ": ", ", ", "; ", ".", "\"", "'",
                                     "",  "\t", "(",  ")",  "/",  "?", "! ", "\n"};
enum { WORDS = sizeof words / sizeof *words, JOINTS = sizeof joints / sizeof *joints };

static uint64_t next(uint64_t *seed, uint64_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 33) % below;
}

static void put_digits(struct ko_buf *b, const char *word, uint64_t *seed)
{
    for (; *word != '\0'; word++) {
        if (ko_char_is_digit(*word) && next(seed, 2) == 0)
            ko_buf_putc(b, (char)('0' + next(seed, 10)));
        else
            ko_buf_putc(b, *word);
    }
}

/* The same ${shape} gives messages that differ in digits. */
static void make(uint64_t shape, uint64_t digits, struct ko_buf *b)
{
    ko_buf_reset(b);
    for (uint64_t n = 1 + next(&shape, 5); n > 0; n--) {
        put_digits(b, words[next(&shape, WORDS)], &digits);
        ko_buf_puts(b, joints[next(&shape, next(&shape, 2) == 0 ? 3 : JOINTS)]);
    }
}

static void a_kind_has_one_template(void **state)
{
    enum { MESSAGES = 300000, SHAPES = 1000, DIGITS = 100 };
    struct ko_mask_memo memo = {.n = 0};
    struct ko_arena arena = {0};
    struct ko_map texts;
    struct ko_buf message, template;
    size_t found = 0;
    (void)state;
    ko_map_init(&texts, 1);
    ko_buf_init(&message, KO_BUF_MAX);
    ko_buf_init(&template, KO_BUF_MAX);
    for (uint64_t i = 0; i < MESSAGES; i++) {
        uint32_t own, text;
        make(i % SHAPES, i / SHAPES % DIGITS * 977 + i, &message);
        ko_buf_reset(&template);
        ko_mask_template(ko_buf_str(&message), &template);
        assert_int_equal(
            ko_map_put(&texts, ko_buf_str(&template), (uint32_t)texts.n, &own), KO_OK);
        if (ko_mask_memo_find(&memo, ko_buf_str(&message), &text)) {
            assert_int_equal(text, own);
            found++;
        } else {
            assert_int_equal(ko_mask_memo_add(&memo, &arena, ko_buf_str(&message), own),
                             KO_OK);
        }
        if (memo.n == KO_MASK_MEMO_KINDS) {
            memo = (struct ko_mask_memo){.n = 0};
            ko_arena_reset(&arena);
        }
    }
    assert_true(found > MESSAGES / 10);
    ko_map_release(&texts);
    ko_buf_release(&message);
    ko_buf_release(&template);
    ko_arena_release(&arena);
}

/* Is ${second} told from ${first}? */
static bool is_new(const char *first, const char *second)
{
    struct ko_mask_memo memo = {.n = 0};
    struct ko_arena arena = {0};
    uint32_t text;
    assert_int_equal(ko_mask_memo_add(&memo, &arena, ko_str(first), 7), KO_OK);
    assert_true(ko_mask_memo_find(&memo, ko_str(first), &text) && text == 7);
    bool found = ko_mask_memo_find(&memo, ko_str(second), &text);
    ko_arena_release(&arena);
    return !found;
}

static void numbers_in_holes_tell_no_kind(void **state)
{
    (void)state;
    assert_false(is_new("took 12 ms", "took 4980 ms"));
    assert_false(
        is_new("GET /v1/bills/17?page=2 took 1.5", "GET /v1/bills/4?page=33 took 22.75"));
    assert_false(is_new("rows 1, 2, 3", "rows 10, 20, 30"));
    assert_true(is_new("took 12 ms", "took ms"));
    assert_true(is_new("took 12 ms", "took 12 s"));
}

static void digits_that_mean_something_tell_a_kind(void **state)
{
    (void)state;
    assert_true(is_new("status 200", "status 503"));
    assert_true(is_new("status 4711", "status 503"));
    assert_true(is_new("\"HTTP/1.1 x\" 200", "\"HTTP/1.1 x\" 404"));
    assert_true(is_new("at main.go:12", "at main.go:13"));
    assert_true(is_new("GET /v1/a", "GET /v2/a"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kind_has_one_template),
        cmocka_unit_test(numbers_in_holes_tell_no_kind),
        cmocka_unit_test(digits_that_mean_something_tell_a_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
