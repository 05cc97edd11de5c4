#include "read_events.h"

#include "read/formats.h"

/* Whatever the bytes are, each is counted once: read_text_with() asserts the account. */

static const char *const samples[] = {
    "time,carts_cpu,user_cpu\n1652812383,1,2\r\n1652812384,\"3\n\",4\n\n1652812385,5\n",
    "sep=;\n\"time\";\"eu\"\n2026-03-14 13:50:00;0,0368\n# a;b;c\n1;2;3",
    "{\"time\":1773496203695,\"msg\":\"a\"}\n{\"time\":1773496203696,\"msg\":\"b\"}\n\n",
    "[\n {\"timestamp\":\"2026-06-18T14:59:30Z\",\"msg\":\"x\"} ,\r\n [ {\"a\":1} ] ]\n",
    ("{\"events\":[{\"timestamp\":1773496203695,\"message\":\"m\"},{\"b\":2}],\"x\":[1]}"
     "\n"),
    "ts=2026-03-14T13:50:00.000Z level=info msg=\"intent matched\" dur=0.020s\nbroken\n",
    "<134>Mar 14 14:50:05 pbx1 telephony[42]: contact queued\n\tat x\n<134>junk\n",
    "2026-03-14 14:50:03,695 INFO [t] up\n\tat a.b(C.java:1)\n\n2026-03-14 14:50:04 x\n",
    "[pod/a-1/b] 2026-03-14T13:50:00Z INFO x\n{\"log\":\"y\"}\n\x1f\x8b\x08 what\n",
    "{\"journeys\":[{\"name\":\"p\",\"steps\":[\"a\"]}],\"entities\":[{\"name\":\"a\"}]}",
    ("{\"data\":[{\"traceID\":\"t\",\"spans\":[{\"traceID\":\"t\",\"spanID\":\"a\","
     "\"operationName\":\"o\",\"startTime\":1605223981761425,\"duration\":5,"
     "\"processID\":\"p1\"}],\"processes\":{\"p1\":{\"serviceName\":\"s\"}}}]}"),
    ("[[{\"traceId\":\"t\",\"id\":\"a\",\"timestamp\":1605223981761425,\"localEndpoint\":"
     "{\"serviceName\":\"s\"}}],[]]"),
    "{\"Traces\":[{\"Segments\":[{\"Document\":\"{\\\"id\\\":1}\"}]}]}\n",
    "apiVersion: backstage.io/v1alpha1\nkind: &k Component\nmetadata: {name: *k}\n---\n"
    "# c\nkind: x\n...\n---\n- kind: [\n",
    "# o\n* @a/b\n/x/y/ @a/c d@e.f\n[S][2] @a/d\n/z/\n",
    "workspace {\n model {\n a = container \"A\" {\n }\n /* x\n */ a -> b \"u\"\n}\n}\n",
    ("Linux 5.10.0 (db)\t03/14/2026\t_x86_64_\t(2 CPU)\n\n11:50:01 PM CPU %user %idle\n"
     "11:50:01 PM all 1,5 98.5\n12:00:01 AM 0 2 98\nAverage: all 1 2\n12 x\n"),
    ("#Fields: date time cs-method cs-uri-stem sc-status time-taken\n2026-03-14 14:04:00 "
     "GET /a 200 31\n#Fields: time\n14:04:01\n14:04 x\n"),
    ",web,crm\nweb,0,5\ncrm,,0\n",
};

static uint64_t seed = 7;

static uint32_t draw(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % below);
}

static void check_bytes(const char *bytes, size_t n, struct ko_str format)
{
    struct reading_result r;
    struct ko_read_options opt = {.format = format, .line_max_bytes = 500};
    char *copy = ko_mem_alloc(n + 1, 1); /* exact, so that a sanitizer sees overreads */
    char *exact = ko_mem_resize(copy, n > 0 ? n : 1, 1);
    memcpy(exact, bytes, n);
    read_text_with(&r, (struct ko_str){exact, n}, &opt);
    release_result(&r);
    ko_mem_free(exact);
}

static void every_sample_cut_at_every_byte_adds_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        for (size_t n = 0; n <= strlen(samples[i]); n++)
            check_bytes(samples[i], n, (struct ko_str){0});
    }
}

static void every_sample_adds_up_by_every_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        for (size_t f = 0; f < ko_formats_n; f++)
            check_bytes(samples[i], strlen(samples[i]), ko_str(ko_formats[f].name));
    }
}

static void random_bytes_add_up_by_every_format(void **state)
{
    (void)state;
    static const char alphabet[] = "\"\"\"\n\n\r,;{}[]: =\\\t|#a1\0\xff\xef\xbb\xbf-";
    char bytes[1500];
    for (int round = 0; round < 400; round++) {
        size_t n = draw(sizeof bytes);
        for (size_t i = 0; i < n; i++)
            bytes[i] = alphabet[draw(sizeof alphabet - 1)];
        size_t f = draw((uint32_t)ko_formats_n + 1);
        check_bytes(bytes, n,
                    f < ko_formats_n ? ko_str(ko_formats[f].name) : (struct ko_str){0});
    }
}

static void changed_samples_add_up(void **state)
{
    (void)state;
    char bytes[512];
    for (int round = 0; round < 3000; round++) {
        const char *sample = samples[draw(sizeof samples / sizeof *samples)];
        size_t n = strlen(sample);
        memcpy(bytes, sample, n);
        for (uint32_t k = draw(4) + 1; k > 0; k--)
            bytes[draw((uint32_t)n)] = "\"\n{},\0x"[draw(7)];
        check_bytes(bytes, n, (struct ko_str){0});
    }
}

static void an_unknown_format_is_counted_and_no_error(void **state)
{
    (void)state;
    struct reading_result r;
    read_text(&r, "hello\nworld\n");
    assert_int_equal(r.events.n, 0);
    assert_int_equal(r.ledger.rejects[KO_REJECT_UNKNOWN_FORMAT], 2);
    release_result(&r);
    read_text(&r, "");
    assert_int_equal(r.ledger.lines, 0);
    release_result(&r);
}

static enum ko_status refuse(void *ctx, const struct ko_event *ev)
{
    (void)ctx;
    (void)ev;
    return KO_ELIMIT;
}

static void what_the_sink_says_is_returned(void **state)
{
    (void)state;
    struct ko_arena arena = {0};
    struct ko_ledger l;
    struct ko_sink sink = {refuse, NULL};
    assert_int_equal(ko_ledger_init(&l, &arena, KO_STR("x")), KO_OK);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(
            ko_read_bytes(ko_str(samples[i]), KO_STR("x"), NULL, &l, &sink, NULL),
            KO_ELIMIT);
    ko_arena_release(&arena);
}

static void a_forced_format_must_exist(void **state)
{
    (void)state;
    struct ko_arena arena = {0};
    struct ko_ledger l;
    struct ko_err err = {0};
    struct ko_sink sink = {refuse, NULL};
    struct ko_read_options opt = {.format = KO_STR("xml")};
    assert_int_equal(ko_ledger_init(&l, &arena, KO_STR("x")), KO_OK);
    assert_int_equal(ko_read_bytes(KO_STR("a"), KO_STR("x"), &opt, &l, &sink, &err),
                     KO_EUNSUPPORTED);
    assert_string_equal(err.text, "unknown format 'xml'");
    ko_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sample_cut_at_every_byte_adds_up),
        cmocka_unit_test(every_sample_adds_up_by_every_format),
        cmocka_unit_test(random_bytes_add_up_by_every_format),
        cmocka_unit_test(changed_samples_add_up),
        cmocka_unit_test(an_unknown_format_is_counted_and_no_error),
        cmocka_unit_test(what_the_sink_says_is_returned),
        cmocka_unit_test(a_forced_format_must_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
