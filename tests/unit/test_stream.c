#include "unit.h"

#include "case/stream.h"

#include <math.h>

#define HEAD                                                                             \
    "{\"type\":\"case\",\"format\":\"knockon/"                                           \
    "case\",\"version\":1,\"from\":0,\"step\":60000,\"buckets\":3"

static enum ko_status read_text(struct ko_case *c, const char *text, struct ko_err *err)
{
    ko_case_init(c);
    return ko_stream_read(c, ko_str(text), KO_STR("c.jsonl"), err);
}

static void check_same(const char *text)
{
    struct ko_case c;
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    assert_int_equal(read_text(&c, text, NULL), KO_OK);
    ko_stream_write(&c, &out);
    assert_int_equal(out.status, KO_OK);
    assert_slice(ko_buf_str(&out), ko_str(text));
    ko_buf_release(&out);
    ko_case_release(&c);
}

static void unknown_types_and_members_pass_through_byte_for_byte(void **state)
{
    (void)state;
    check_same(HEAD
               ", \"later\" : [1, 2.50]}\n"
               "{\"type\":\"entity\",\"name\":\"crm\",\"kind\":\"service\",\"tier\":1}\n"
               "{\"type\":\"series\",\"entity\":\"crm\",\"signal\":\"errors\",\"class\":"
               "\"error\","
               "\"from\":0,\"values\":[1,null,2.5],\"x\":{\"y\":null}}\n"
               "{\"type\":\"weather\",\"rain\":true}\n");
}

static void a_changed_record_keeps_its_unknown_members(void **state)
{
    (void)state;
    struct ko_case c;
    struct ko_buf out;
    ko_buf_init(&out, KO_BUF_MAX);
    assert_int_equal(
        read_text(&c,
                  HEAD
                  "}\n{\"type\":\"change\",\"time\":5,\"mine\":[true],\"id\":\"v2\"}\n",
                  NULL),
        KO_OK);
    c.changes.v[0].verdict = KO_STR("suspect");
    c.changes.v[0].rec.changed = true;
    ko_stream_write(&c, &out);
    assert_str(ko_buf_str(&out), HEAD "}\n{\"type\":\"change\",\"time\":5,\"id\":\"v2\","
                                      "\"verdict\":\"suspect\",\"mine\":[true]}\n");
    ko_buf_release(&out);
    ko_case_release(&c);
}

static void written_records_read_back_equal(void **state)
{
    (void)state;
    struct ko_case c, d;
    struct ko_buf one, two;
    ko_buf_init(&one, KO_BUF_MAX);
    ko_buf_init(&two, KO_BUF_MAX);
    ko_case_init(&c);
    c.head.from = KO_HOUR;
    c.head.step = KO_MINUTE;
    c.head.buckets = 2;
    struct ko_series *s = ko_case_add(&c, "series");
    assert_non_null(s);
    assert_int_equal(ko_case_entity(&c, KO_STR("bot \x1b\"q\""), &s->entity), KO_OK);
    s->signal = KO_STR("latency_p95");
    s->cls = KO_CLASS_LATENCY;
    s->from = KO_HOUR;
    double values[] = {0.5, NAN};
    s->v.v = values;
    s->v.n = 2;
    struct ko_journey *j = ko_case_add(&c, "journey");
    assert_non_null(j);
    j->name = KO_STR("pay");
    struct ko_step *step;
    KO_LIST_ADD(&c.arena, &j->steps, step);
    assert_non_null(step);
    step->name = KO_STR("verify");
    step->entity = s->entity;
    ko_stream_write(&c, &one);
    ko_case_init(&d);
    assert_int_equal(ko_stream_read(&d, ko_buf_str(&one), KO_STR("x"), NULL), KO_OK);
    assert_true(isnan(d.series.v[0].v.v[1]));
    assert_int_equal(d.journeys.v[0].steps.v[0].entity, d.series.v[0].entity);
    for (size_t i = 0; i < d.series.n; i++)
        d.series.v[i].rec.changed = true;
    d.journeys.v[0].rec.changed = true;
    d.head.rec.changed = true;
    d.entities.v[0].rec.changed = true;
    ko_stream_write(&d, &two);
    assert_slice(ko_buf_str(&two), ko_buf_str(&one));
    ko_buf_release(&one);
    ko_buf_release(&two);
    ko_case_release(&d);
    ko_case_release(&c);
}

static void check_refused(const char *text, uint64_t line, const char *word)
{
    struct ko_case c;
    struct ko_err err = {0};
    assert_int_not_equal(read_text(&c, text, &err), KO_OK);
    assert_string_equal(err.source, "c.jsonl");
    assert_int_equal(err.line, line);
    if (strstr(err.text, word) == NULL)
        fail_msg("'%s' does not say '%s'", err.text, word);
    ko_case_release(&c);
}

static void bad_input_names_its_line_and_reason(void **state)
{
    (void)state;
    check_refused("", 0, "no case");
    check_refused("hello\n", 1, "run ingest first");
    check_refused(HEAD "}\n{\"type\":\"series\"", 2, "not a case record");
    check_refused(HEAD "}\n" HEAD "}\n", 2, "second header");
    check_refused("{\"type\":\"onset\"}\n", 1, "header");
    check_refused(HEAD "}\n{\"type\":\"onset\",\"entity\":\"a\"}\n", 2, "'signal'");
    check_refused(HEAD "}\n{\"type\":\"change\",\"time\":\"x\"}\n", 2, "'time'");
    check_refused(HEAD "}\n{\"type\":\"change\",\"time\":9223372036854775807}\n", 2,
                  "'time'");
    check_refused("{\"type\":\"case\",\"format\":\"knockon/"
                  "case\",\"version\":2,\"from\":0,\"step\":1,\"buckets\":1}\n",
                  1, "newer");
    check_refused("{\"type\":\"case\",\"format\":\"knockon/"
                  "case\",\"version\":1,\"from\":0,\"step\":0,\"buckets\":1}\n",
                  1, "'step'");
    check_refused("{\"type\":\"case\",\"format\":\"knockon/"
                  "case\",\"version\":1,\"from\":0,\"step\":1,\"buckets\":99999999}\n",
                  1, "'buckets'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_types_and_members_pass_through_byte_for_byte),
        cmocka_unit_test(a_changed_record_keeps_its_unknown_members),
        cmocka_unit_test(written_records_read_back_equal),
        cmocka_unit_test(bad_input_names_its_line_and_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
