#include "read/text_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

static const struct ko_text_hint no_hint = {0};

static const struct {
    const char *line;
    enum ko_severity severity;
    const char *message;
} styles[] = {
    /* log4j, logback, Spring Boot 2 and 3, Dropwizard, ZooKeeper, Kafka, Cassandra */
    {"2026-03-14 14:04:00,123 [main] ERROR c.a.Pool - pool exhausted", KO_SEV_ERROR,
     "pool exhausted"},
    {"2026-03-14 14:04:00,123 ERROR [main] c.a.Pool - pool exhausted", KO_SEV_ERROR,
     "pool exhausted"},
    {"2026-03-14 14:04:00.123  WARN 1 --- [exec-1] c.a.Pool : pool slow", KO_SEV_WARN,
     "pool slow"},
    {"2026-03-14T15:04:00.123+01:00  INFO 1 --- [exec-1] c.a.Pool       : ok",
     KO_SEV_INFO, "ok"},
    {"INFO  [2026-03-14 14:04:00,123] com.acme.Pool: started", KO_SEV_INFO, "started"},
    {"2026-03-14 14:04:00,123 [myid:1] - WARN  [main:Pool@12] - slow fsync", KO_SEV_WARN,
     "slow fsync"},
    {"[2026-03-14 14:04:00,123] ERROR [Replica broker=1] cannot fetch (kafka.Log)",
     KO_SEV_ERROR, "[Replica broker=1] cannot fetch (kafka.Log)"},
    {"WARN  [main] 2026-03-14 14:04:00,123 Pool.java:12 - slow", KO_SEV_WARN, "slow"},
    /* Python, Django, Celery, gunicorn */
    {"2026-03-14 14:04:00,123 - crm - ERROR - lookup failed", KO_SEV_ERROR,
     "lookup failed"},
    {"2026-03-14 14:04:00,123 ERROR crm.pool: lookup failed", KO_SEV_ERROR,
     "lookup failed"},
    {"ERROR 2026-03-14 14:04:00,123 views 12 34 lookup failed", KO_SEV_ERROR,
     "views 12 34 lookup failed"},
    {"[2026-03-14 14:04:00,123: WARNING/MainProcess] late ack", KO_SEV_WARN, "late ack"},
    {"[2026-03-14 14:04:00 +0000] [7] [CRITICAL] WORKER TIMEOUT", KO_SEV_FATAL,
     "WORKER TIMEOUT"},
    /* Go: zap console, klog, the standard logger */
    {"2026-03-14T14:04:00.123Z\tERROR\tauth/lookup.go:87\tlookup failed", KO_SEV_ERROR,
     "auth/lookup.go:87\tlookup failed"},
    {"E0314 14:04:00.123456       1 pool.go:87] lookup failed", KO_SEV_ERROR,
     "lookup failed"},
    {"2026/03/14 14:04:00 lookup failed", KO_SEV_UNKNOWN, "lookup failed"},
    /* Rust, .NET, Ruby, Node */
    {"2026-03-14T14:04:00.123456Z ERROR crm::pool: lookup failed", KO_SEV_ERROR,
     "lookup failed"},
    {"2026-03-14 14:04:00.123 +00:00 [ERR] lookup failed", KO_SEV_ERROR, "lookup failed"},
    {"E, [2026-03-14T14:04:00.123456 #7] ERROR -- : lookup failed", KO_SEV_ERROR,
     "lookup failed"},
    {"2026-03-14T14:04:00.123Z error: lookup failed", KO_SEV_ERROR, "lookup failed"},
    {"2026-03-14T14:04:00.123Z [warn] slow", KO_SEV_WARN, "slow"},
    /* servers: nginx, Apache, MySQL, PostgreSQL, Redis, Tomcat */
    {"2026/03/14 14:04:00 [error] 7#7: *1 upstream timed out", KO_SEV_ERROR,
     "7#7: *1 upstream timed out"},
    {"[Sat Mar 14 14:04:00.123456 2026] [proxy:error] [pid 7:tid 9] no backend",
     KO_SEV_ERROR, "[pid 7:tid 9] no backend"},
    {"2026-03-14T14:04:00.123456Z 0 [Warning] [MY-010068] [Server] CA is self signed",
     KO_SEV_WARN, "[MY-010068] [Server] CA is self signed"},
    {"2026-03-14 14:04:00.123 UTC [123] app@crm FATAL:  no slots", KO_SEV_FATAL,
     "no slots"},
    {"14-Mar-2026 14:04:00.123 SEVERE [main] o.a.C.Start failed", KO_SEV_ERROR,
     "[main] o.a.C.Start failed"},
    {"7:M 14 Mar 2026 14:04:00.123 # Out of memory", KO_SEV_UNKNOWN, "# Out of memory"},
    /* no level: the words are left whole */
    {"2026-03-14T14:04:00Z Error while reading", KO_SEV_ERROR, "Error while reading"},
    {"2026-03-14T14:04:00Z I am alive", KO_SEV_UNKNOWN, "I am alive"},
    {"2026-03-14T14:04:00Z GET /health ERROR page", KO_SEV_UNKNOWN,
     "GET /health ERROR page"},
    {"2026-03-14T14:04:00Z", KO_SEV_UNKNOWN, ""},
};

static void every_usual_layout_gives_its_level_and_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        struct ko_text_line l;
        enum ko_status st = ko_text_plain(ko_str(styles[i].line), &no_hint, &l);
        if (st != KO_OK || !l.has_stamp || l.ev.severity != styles[i].severity ||
            !ko_str_eq(l.ev.message, ko_str(styles[i].message)))
            fail_msg("'%s': status %d, %s, '%.*s'", styles[i].line, (int)st,
                     ko_severity_name(l.ev.severity), KO_ARG(l.ev.message));
    }
}

static void a_line_without_a_time_is_not_plain_text(void **state)
{
    (void)state;
    static const char *const lines[] = {"",
                                        " ",
                                        "\tat com.acme.Pool.get(Pool.java:10)",
                                        "Caused by: java.io.IOException",
                                        "Traceback (most recent call last):",
                                        "panic: runtime error",
                                        "goroutine 1 [running]:",
                                        "ERROR no time here",
                                        "{\"a\":1}",
                                        "[main] still none",
                                        "at 2026 it began",
                                        "see 2026-03-14 14:04:00 for more"};
    struct ko_text_line l;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_int_equal(ko_text_plain(ko_str(lines[i]), &no_hint, &l), KO_ENOTFOUND);
}

static void an_impossible_time_is_broken_not_absent(void **state)
{
    (void)state;
    struct ko_text_line l;
    assert_int_equal(ko_text_plain(KO_STR("2026-13-14 14:04:00 ERROR x"), &no_hint, &l),
                     KO_ESYNTAX);
    assert_int_equal(l.reason, KO_REJECT_BAD_TIMESTAMP);
}

static void spring_tells_service_and_trace_in_brackets(void **state)
{
    (void)state;
    struct ko_text_line l;
    assert_int_equal(
        ko_text_plain(
            KO_STR("2026-03-14 14:04:00.123  INFO "
                   "[crm-api,0af7651916cd43dd8448eb211c80319c,b7ad6b7169203331] "
                   "1 --- [exec-1] c.a.Pool : ok"),
            &no_hint, &l),
        KO_OK);
    assert_true(ko_str_eq(l.ev.entity, KO_STR("crm-api")));
    assert_true(ko_str_eq(l.ev.trace, KO_STR("0af7651916cd43dd8448eb211c80319c")));
    assert_true(ko_str_eq(l.ev.span, KO_STR("b7ad6b7169203331")));
    assert_true(ko_str_eq(l.ev.message, KO_STR("ok")));
    assert_int_equal(
        ko_text_plain(
            KO_STR("2026-03-14T14:04:00.123Z  INFO 1 --- [crm-api] [  exec-1] "
                   "[0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331] c.a.B : x"),
            &no_hint, &l),
        KO_OK);
    assert_true(ko_str_eq(l.ev.entity, KO_STR("crm-api")));
    assert_true(ko_str_eq(l.ev.span, KO_STR("b7ad6b7169203331")));
}

static void values_named_in_a_message_are_read(void **state)
{
    (void)state;
    struct ko_text_line l;
    assert_int_equal(ko_text_plain(KO_STR("2026-03-14T14:04:00Z WARN lookup "
                                          "trace_id=ab12cd34ab12cd34 (attempt=2, "
                                          "duration=1.5s, status=503)"),
                                   &no_hint, &l),
                     KO_OK);
    assert_true(ko_str_eq(l.ev.trace, KO_STR("ab12cd34ab12cd34")));
    assert_int_equal(l.ev.attempt, 2);
    assert_int_equal(l.ev.dur, 1500 * KO_MS);
    assert_int_equal(l.ev.status, 503);
    assert_int_equal(l.ev.outcome, KO_OUTCOME_BAD);
}

static void every_cut_of_every_layout_is_safe(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof styles / sizeof styles[0]; i++) {
        size_t whole = strlen(styles[i].line);
        for (size_t n = 0; n <= whole; n++) {
            char *copy = test_malloc(n + 1);
            size_t format = SIZE_MAX;
            struct ko_text_line l;
            memcpy(copy, styles[i].line, n);
            (void)!ko_text_line_parse((struct ko_str){copy, n}, &no_hint, &format, &l);
            test_free(copy);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_usual_layout_gives_its_level_and_message),
        cmocka_unit_test(a_line_without_a_time_is_not_plain_text),
        cmocka_unit_test(an_impossible_time_is_broken_not_absent),
        cmocka_unit_test(spring_tells_service_and_trace_in_brackets),
        cmocka_unit_test(values_named_in_a_message_are_read),
        cmocka_unit_test(every_cut_of_every_layout_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
