#include "read/text_line.h"
#include "read/text_tail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const struct ko_text_hint micros = {.last_number = 1000};

#define ALB_END                                                                          \
    " ECDHE TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/crm-tg/73e2 "   \
    "\"Root=1-67891233-abcdef012345678912345678\" \"crm.example.com\" \"arn:c/1\" 1 "    \
    "2026-03-14T14:04:00.000000Z \"forward\" \"-\" \"-\" \"-\" \"-\" \"-\" \"-\" "       \
    "TID_1 some new fields"

struct row {
    const char *line, *format, *entity, *peer, *operation;
    int64_t status;
    enum ko_outcome outcome;
    int64_t dur_ms; /* -1 not said */
    int64_t attempt;
};

static const struct row rows[] = {
    /* common, combined, virtual host, what sites append */
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a?b=1 HTTP/1.1\" 200 5", "access",
     "", "", "GET /a", 200, KO_OUTCOME_OK, -1, 0},
    {"1.2.3.4 - bob [14/Mar/2026:14:04:00 +0000] \"POST /pay HTTP/2.0\" 503 - \"-\" "
     "\"x/1\"",
     "access", "", "", "POST /pay", 503, KO_OUTCOME_BAD, -1, 0},
    {"crm.example.com:443 1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET / HTTP/1.1\" "
     "404 5",
     "access", "crm.example.com", "", "GET /", 404, KO_OUTCOME_OK, -1, 0},
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a HTTP/1.1\" 429 5 \"-\" \"x\" "
     "4945000",
     "access", "", "", "GET /a", 429, KO_OUTCOME_BAD, 4945, 0},
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a HTTP/1.1\" 499 0 \"-\" \"x\" "
     "rt=5.000",
     "access", "", "", "GET /a", 499, KO_OUTCOME_BAD, 5000, 0},
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a HTTP/1.1\" 503 5 \"-\" \"x\" "
     "rt=4.945 "
     "uct=\"0.001\" uht=\"-\" urt=\"5.000, 0.004\" request_id=6b0d",
     "access", "", "", "GET /a", 503, KO_OUTCOME_BAD, 4945, 2},
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"x\" "
     "0.038 0.037",
     "access", "", "", "GET /a", 200, KO_OUTCOME_OK, 38, 0},
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a HTTP/1.1\" 502 5 \"-\" \"x\" 321 "
     "5.002 "
     "[prod-crm-api-8080] [] 10.0.0.1:8080, 10.0.0.2:8080 0, 5 5.000, 0.002 504, 502 "
     "9f1c",
     "access", "", "prod-crm-api-8080", "GET /a", 502, KO_OUTCOME_BAD, 5002, 2},
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"\\x16\\x03\\x01\" 400 226 \"-\" \"-\"",
     "access", "", "", "", 400, KO_OUTCOME_OK, -1, 0},
    {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"-\" 408 0 \"-\" \"-\"", "access", "", "",
     "", 408, KO_OUTCOME_BAD, -1, 0},
    {"1.2.3.4 - [14/Mar/2026:14:04:00 +0000] \"GET /a HTTP/1.1\" 200 100 \"-\" \"curl\"",
     "access", "", "", "GET /a", 200, KO_OUTCOME_OK, -1, 0},
    /* AWS: the rows of the failure have "-" and -1 */
    {"h2 2026-03-14T14:04:00.038000Z app/crm/50dc 10.0.1.2:4 10.0.0.6:8080 0.000 0.038 "
     "0.000 "
     "200 200 34 366 \"GET https://crm.example.com:443/v1/c HTTP/2.0\" "
     "\"ivr/1.9\"" ALB_END,
     "alb", "crm", "crm-tg", "/v1/c", 200, KO_OUTCOME_OK, 38, 0},
    {"h2 2026-03-14T14:04:04.945000Z app/crm/50dc 10.0.1.2:4 - -1 -1 -1 "
     "503 - 34 366 \"GET https://crm.example.com:443/v1/c HTTP/2.0\" \"ivr/1.9\"" ALB_END,
     "alb", "crm", "crm-tg", "/v1/c", 503, KO_OUTCOME_BAD, 4945, 0},
    {"2026-03-14T14:04:00.038000Z my-elb 10.0.1.2:4 10.0.0.6:80 0.000 0.037 0.001 200 "
     "200 0 29 "
     "\"GET http://crm.example.com:80/v1 HTTP/1.1\" \"curl\" - -",
     "elb", "my-elb", "", "/v1", 200, KO_OUTCOME_OK, 38, 0},
    {"2026-03-14T14:04:00.038000Z my-elb 10.0.1.2:4 - -1 -1 -1 504 0 0 0 "
     "\"GET http://crm.example.com:80/v1 HTTP/1.1\" \"curl\" - -",
     "elb", "my-elb", "", "/v1", 504, KO_OUTCOME_BAD, -1, 0},
    /* Envoy and Istio */
    {"[2026-03-14T14:04:00.037Z] \"GET /v1 HTTP/2\" 503 UT 0 178 4945 - \"-\" \"ivr\" "
     "\"6b0d\" "
     "\"crm.prod\" \"10.0.0.6:8080\"",
     "envoy", "crm.prod", "", "GET /v1", 503, KO_OUTCOME_BAD, 4945, 0},
    {"[2026-03-14T14:04:00.037Z] \"GET /v1 HTTP/1.1\" 503 URX response_timeout - \"-\" 0 "
     "178 "
     "4945 - \"-\" \"ivr\" \"6b0d\" \"crm.prod\" \"10.0.0.6:8080\" "
     "outbound|8080||crm-api.prod.svc.cluster.local 10.1.1.2:5 10.2.2.2:80 10.1.1.2:5 - "
     "default",
     "envoy", "", "crm-api.prod.svc.cluster.local", "GET /v1", 503, KO_OUTCOME_BAD, 4945,
     2},
    {"[2026-03-14T14:04:00.037Z] \"GET /v1 HTTP/1.1\" 0 DC 0 0 4945 - \"-\" \"ivr\" "
     "\"6b0d\" "
     "\"crm.prod\" \"-\"",
     "envoy", "crm.prod", "", "GET /v1", 0, KO_OUTCOME_BAD, 4945, 0},
    /* HAProxy: -1 timers say where it died */
    {"10.0.1.2:33 [14/Mar/2026:14:04:00.037] fe~ crm/srv1 0/4800/1/-1/4945 503 27 - - "
     "sQ-- "
     "1/1/1/1/+2 0/0 \"GET /v1 HTTP/1.1\"",
     "haproxy", "crm", "", "GET /v1", 503, KO_OUTCOME_BAD, 4945, 3},
    {"10.0.1.2:33 [14/Mar/2026:14:04:00.037] fe~ crm/<NOSRV> 0/-1/-1/-1/+9 -1 0 - - CR-- "
     "1/1/1/1/0 0/0 {agent} \"GET /v1 HTTP/1.1\"",
     "haproxy", "crm", "", "GET /v1", 0, KO_OUTCOME_BAD, 9, 0},
    {"10.0.1.2:33 [14/Mar/2026:14:04:00.037] fe db/srv1 1/0/12 212 -- 1/1/1/1/0 0/0",
     "haproxy", "db", "", "", 0, KO_OUTCOME_OK, 12, 0},
    {"Mar 14 14:04:00 lb1 haproxy[14389]: 10.0.1.2:33 [14/Mar/2026:14:04:00.037] fe~ "
     "crm/srv1 0/0/1/37/38 200 27 - - ---- 1/1/1/1/0 0/0 \"GET /v1 HTTP/1.1\"",
     "rfc3164", "crm", "", "GET /v1", 200, KO_OUTCOME_OK, 38, 0},
    /* Heroku: "service" is a duration */
    {"2026-03-14T14:04:00.037211+00:00 heroku[router]: at=error code=H12 desc=\"Request "
     "timeout\" method=GET path=\"/v1\" host=crm.example.com request_id=69 "
     "fwd=\"1.2.3.4\" "
     "dyno=web.1 connect=1ms service=30000ms status=503 bytes=0",
     "heroku", "crm.example.com", "", "/v1", 503, KO_OUTCOME_BAD, 30000, 0},
};

static void check(const struct row *r, const char *format, const struct ko_text_line *l)
{
    const struct ko_event *ev = &l->ev;
    int64_t dur_ms = ev->dur < 0 ? -1 : ev->dur / KO_MS;
    if (!ko_str_eq(ko_str(format), ko_str(r->format)) ||
        !ko_str_eq(ev->entity, ko_str(r->entity)) ||
        !ko_str_eq(ev->peer, ko_str(r->peer)) ||
        !ko_str_eq(ev->operation, ko_str(r->operation)) || ev->status != r->status ||
        ev->outcome != r->outcome || dur_ms != r->dur_ms || ev->attempt != r->attempt ||
        !l->has_stamp)
        fail_msg("'%s': %s entity '%.*s' peer '%.*s' op '%.*s' status %lld outcome %d "
                 "%lld ms attempt %lld",
                 r->line, format, KO_ARG(ev->entity), KO_ARG(ev->peer),
                 KO_ARG(ev->operation), (long long)ev->status, (int)ev->outcome,
                 (long long)dur_ms, (long long)ev->attempt);
}

static void the_rows_of_the_failure_are_read_like_all_others(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ko_text_line l;
        size_t format = SIZE_MAX;
        enum ko_status st =
            ko_text_line_parse(ko_str(rows[i].line), &micros, &format, &l);
        if (st != KO_OK)
            fail_msg("'%s': status %d", rows[i].line, (int)st);
        check(&rows[i], ko_text_formats[format].name, &l);
    }
}

static void the_format_of_the_line_before_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (size_t before = 0; before < ko_text_formats_n; before++) {
            struct ko_text_line l;
            size_t format = before;
            assert_int_equal(
                ko_text_line_parse(ko_str(rows[i].line), &micros, &format, &l), KO_OK);
            check(&rows[i], ko_text_formats[format].name, &l);
        }
    }
}

static void a_broken_access_line_says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum ko_reject reason;
    } broken[] = {
        {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a", KO_REJECT_FIELD_COUNT},
        {"1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a\" abc 5",
         KO_REJECT_FIELD_COUNT},
        {"1.2.3.4 - - [34/Mar/2026:14:04:00 +0000] \"GET /a\" 200 5",
         KO_REJECT_BAD_TIMESTAMP},
        {"h2 2026-03-14T14:04:00.038000Z app/crm/50dc 10.0.1.2:4 10.0.0.6:8080 0.000",
         KO_REJECT_FIELD_COUNT},
        {"[2026-03-14T14:04:00.037Z] \"GET /v1 HTTP/2\" 503 UT 0", KO_REJECT_FIELD_COUNT},
        {"10.0.1.2:33 [14/Mar/2026:14:04:00.037] fe~ crm/srv1 0/48",
         KO_REJECT_FIELD_COUNT},
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct ko_text_line l;
        size_t format = SIZE_MAX;
        enum ko_status st =
            ko_text_line_parse(ko_str(broken[i].line), &micros, &format, &l);
        if (st != KO_ESYNTAX || l.reason != broken[i].reason)
            fail_msg("'%s': status %d reason %s", broken[i].line, (int)st,
                     ko_reject_name(l.reason));
    }
}

static void an_alb_row_begins_when_its_request_was_created(void **state)
{
    (void)state;
    struct ko_text_line l;
    struct ko_stamp want;
    size_t format = SIZE_MAX;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!ko_str_eq(ko_str(rows[i].format), KO_STR("alb")))
            continue;
        assert_int_equal(ko_text_line_parse(ko_str(rows[i].line), &micros, &format, &l),
                         KO_OK);
        assert_int_equal(ko_time_parse(KO_STR("2026-03-14T14:04:00Z"), &want), KO_OK);
        assert_int_equal(l.stamp.time, want.time);
        assert_false(l.stamp_is_end);
    }
}

static void the_unit_of_the_last_number_is_told_by_its_spread(void **state)
{
    (void)state;
#define HEAD                                                                             \
    "1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] \"GET /a HTTP/1.1\" 200 5 \"-\" \"x\" "
    assert_int_equal(ko_text_tail_unit(KO_STR(HEAD "38000\n" HEAD "900\n" HEAD "120\n")),
                     1000);
    assert_int_equal(ko_text_tail_unit(KO_STR(HEAD "38\n" HEAD "4900\n" HEAD "12\n")),
                     KO_MS);
    assert_int_equal(ko_text_tail_unit(KO_STR(HEAD "0\n" HEAD "0\n" HEAD "5\n")),
                     KO_SECOND);
    assert_int_equal(ko_text_tail_unit(KO_STR("1.2.3.4 - - [14/Mar/2026:14:04:00 +0000] "
                                              "\"GET /a HTTP/1.1\" 200 5\n")),
                     0);
    assert_int_equal(ko_text_tail_unit(KO_STR("")), 0);
#undef HEAD
}

static void every_cut_of_every_line_is_safe(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t whole = strlen(rows[i].line);
        for (size_t n = 0; n <= whole; n++) {
            char *copy = test_malloc(n + 1);
            size_t format = SIZE_MAX;
            struct ko_text_line l;
            memcpy(copy, rows[i].line, n);
            (void)!ko_text_line_parse((struct ko_str){copy, n}, &micros, &format, &l);
            (void)ko_text_tail_unit((struct ko_str){copy, n});
            test_free(copy);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rows_of_the_failure_are_read_like_all_others),
        cmocka_unit_test(the_format_of_the_line_before_does_not_matter),
        cmocka_unit_test(a_broken_access_line_says_what_is_wrong),
        cmocka_unit_test(an_alb_row_begins_when_its_request_was_created),
        cmocka_unit_test(the_unit_of_the_last_number_is_told_by_its_spread),
        cmocka_unit_test(every_cut_of_every_line_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
