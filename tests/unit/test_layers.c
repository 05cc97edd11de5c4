#include "read_events.h"

#include "base/buf.h"
#include "read/layers.h"

#include <zlib.h>
#include <zstd.h>

static enum ko_status pull(void *ctx, char *bytes, size_t n, size_t *ret_n,
                           struct ko_err *err)
{
    struct ko_str *left = ctx;
    (void)err;
    *ret_n = n < left->n ? n : left->n;
    memcpy(bytes, left->n ? left->p : "", *ret_n);
    *left = ko_str_skip(*left, *ret_n);
    return KO_OK;
}

static void put_gzip(struct ko_buf *b, struct ko_str text)
{
    z_stream z = {0};
    char *out = ko_mem_alloc(text.n + 1000, 1);
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    z.next_in = (Bytef *)(text.n ? text.p : "");
    z.avail_in = (uInt)text.n;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)text.n + 1000;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    ko_buf_put(b, (struct ko_str){out, text.n + 1000 - z.avail_out});
    deflateEnd(&z);
    ko_mem_free(out);
}

static void put_zstd(struct ko_buf *b, struct ko_str text)
{
    size_t cap = ZSTD_compressBound(text.n);
    char *out = ko_mem_alloc(cap, 1);
    size_t n = ZSTD_compress(out, cap, text.p, text.n, 3);
    assert_false(ZSTD_isError(n));
    ko_buf_put(b, (struct ko_str){out, n});
    ko_mem_free(out);
}

/* Take the layers off ${packed} into ${out}, ${step} bytes at a time. */
static enum ko_status unpack(struct ko_str packed, size_t step, struct ko_buf *out)
{
    struct ko_layers layers;
    struct ko_source top;
    struct ko_err err = {0};
    char *bytes = ko_mem_alloc(step, 1);
    size_t n;
    assert_int_equal(ko_layers_open(&layers, (struct ko_source){pull, &packed}, &top),
                     KO_OK);
    enum ko_status st;
    do {
        st = top.pull(top.ctx, bytes, step, &n, &err);
        ko_buf_put(out, (struct ko_str){bytes, n});
    } while (st == KO_OK && n == step);
    ko_layers_release(&layers);
    ko_mem_free(bytes);
    return st;
}

/* Hard to pack, so that the packed text takes several blocks. */
static struct ko_str long_text(void)
{
    static char text[400000];
    uint64_t seed = 3;
    for (size_t i = 0; i < sizeof text; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        text[i] = (char)(' ' + (seed >> 60) * 5);
    }
    return (struct ko_str){text, sizeof text};
}

static void check(const struct ko_buf *packed, struct ko_str want)
{
    static const size_t steps[] = {1000, 65536, 1000000};
    for (size_t i = 0; i < 3; i++) {
        struct ko_buf out;
        ko_buf_init(&out, KO_BUF_MAX);
        assert_int_equal(unpack(ko_buf_str(packed), steps[i], &out), KO_OK);
        assert_slice(ko_buf_str(&out), want);
        ko_buf_release(&out);
    }
}

static void members_and_frames_that_follow_are_one_stream(void **state)
{
    (void)state;
    struct ko_str text = long_text();
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    put_gzip(&b, ko_str_sub(text, 0, 150000));
    put_gzip(&b, KO_STR(""));
    put_gzip(&b, ko_str_skip(text, 150000));
    check(&b, text);
    ko_buf_reset(&b);
    put_zstd(&b, ko_str_sub(text, 0, 150000));
    put_zstd(&b, ko_str_skip(text, 150000));
    check(&b, text);
    ko_buf_release(&b);
}

static void layers_lie_in_each_other(void **state)
{
    (void)state;
    struct ko_str text = long_text();
    struct ko_buf inner, outer;
    ko_buf_init(&inner, KO_BUF_MAX);
    ko_buf_init(&outer, KO_BUF_MAX);
    put_gzip(&inner, text);
    put_zstd(&outer, ko_buf_str(&inner));
    check(&outer, text);
    ko_buf_release(&inner);
    ko_buf_release(&outer);
}

static void utf16_becomes_utf8(void **state)
{
    (void)state;
    static const struct {
        struct ko_str packed, text;
    } cases[] = {
        {KO_STR_INIT("\xff\xfe"
                     "a\0\xe4\0\xac\x20"),
         KO_STR_INIT("a\xc3\xa4\xe2\x82\xac")},
        {KO_STR_INIT("\xfe\xff"
                     "\0a\xd8\x3d\xde\x00"),
         KO_STR_INIT("a\xf0\x9f\x98\x80")},
        {KO_STR_INIT("\xff\xfe"
                     "\x3d\xd8"
                     "a\0"),
         KO_STR_INIT("\xef\xbf\xbd"
                     "a")},
        {KO_STR_INIT("\xff\xfe"
                     "a\0b"),
         KO_STR_INIT("a\xef\xbf\xbd")},
        {KO_STR_INIT("\xff\xfe"), KO_STR_INIT("")},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t step = 1; step < 9; step++) {
            struct ko_buf out;
            ko_buf_init(&out, KO_BUF_MAX);
            assert_int_equal(unpack(cases[i].packed, step, &out), KO_OK);
            assert_slice(ko_buf_str(&out), cases[i].text);
            ko_buf_release(&out);
        }
    }
}

static void a_cut_keeps_what_came_before_and_is_named(void **state)
{
    (void)state;
    struct ko_str text = long_text();
    struct ko_buf b, out;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_init(&out, KO_BUF_MAX);
    for (int zstd = 0; zstd < 2; zstd++) {
        ko_buf_reset(&b);
        if (zstd)
            put_zstd(&b, text);
        else
            put_gzip(&b, text);
        for (size_t n = 10; n < b.n; n += b.n / 7) {
            ko_buf_reset(&out);
            assert_int_equal(unpack(ko_str_sub(ko_buf_str(&b), 0, n), 65536, &out),
                             KO_ESYNTAX);
            assert_true(ko_str_starts(text, ko_buf_str(&out)));
        }
    }
    ko_buf_reset(&b);
    put_gzip(&b, KO_STR("x"));
    ko_buf_puts(&b, "rubbish");
    assert_int_equal(unpack(ko_buf_str(&b), 65536, &out), KO_ESYNTAX);
    ko_buf_release(&b);
    ko_buf_release(&out);
}

static void a_cut_export_is_damaged_and_what_is_whole_is_used(void **state)
{
    (void)state;
    struct reading_result r;
    struct ko_buf text, b;
    struct ko_sink sink = {keep_event, &r};
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_init(&b, KO_BUF_MAX);
    for (int i = 0; i < 20000; i++)
        ko_buf_printf(&text, "2026-03-14T14:49:58.%06dZ INFO request %d\n", i, i * 7919);
    put_gzip(&b, ko_buf_str(&text));
    memset(&r, 0, sizeof r);
    assert_int_equal(ko_ledger_init(&r.ledger, &r.arena, KO_STR("x.gz")), KO_OK);
    assert_int_equal(ko_read_bytes(ko_str_sub(ko_buf_str(&b), 0, b.n / 2), KO_STR("x.gz"),
                                   NULL, &r.ledger, &sink, NULL),
                     KO_OK);
    assert_true(ko_ledger_check(&r.ledger));
    assert_true(r.ledger.damaged);
    assert_int_equal(r.ledger.rejects[KO_REJECT_COMPRESSED_DAMAGED], 1);
    assert_true(r.events.n > 1000 && r.events.n < 20000);
    ko_buf_release(&text);
    ko_buf_release(&b);
    release_result(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_and_frames_that_follow_are_one_stream),
        cmocka_unit_test(layers_lie_in_each_other),
        cmocka_unit_test(utf16_becomes_utf8),
        cmocka_unit_test(a_cut_keeps_what_came_before_and_is_named),
        cmocka_unit_test(a_cut_export_is_damaged_and_what_is_whole_is_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
