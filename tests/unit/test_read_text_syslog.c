/* Syslog lines, and the vectors of go-syslog; those skip where they are absent. */
#include "read_events.h"

#include "read/text_line.h"

#include <jansson.h>
#include <stdio.h>

static const struct ko_text_hint no_hint = {0};

static void structured_data_says_queue_and_region(void **state)
{
    (void)state;
    struct ko_text_line l;
    assert_int_equal(
        ko_text_rfc5424(
            KO_STR("<131>1 2026-03-14T15:04:00.123456+01:00 pbx1 telephony 42 Q2 "
                   "[meta@32473 queue=\"Billing-EU\" region=\"eu-west-1\"]"
                   "[x a=\"b\\]\"] \xef\xbb\xbfhandoff failed"),
            &no_hint, &l),
        KO_OK);
    assert_str(l.ev.entity, "telephony");
    assert_str(l.ev.instance, "pbx1");
    assert_str(l.ev.queue, "Billing-EU");
    assert_str(l.ev.region, "eu-west-1");
    assert_str(l.ev.message, "handoff failed");
    assert_int_equal(l.ev.severity, KO_SEV_ERROR);
    assert_true(l.stamp.has_zone);
}

static void the_frames_of_bsd_syslog_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *line, *entity, *instance, *message;
        enum ko_severity severity;
    } rows[] = {
        {"<131>Mar 14 14:04:00 pbx1 telephony[42]: no agent", "telephony", "pbx1",
         "no agent", KO_SEV_ERROR},
        {"Mar  4 14:04:00 pbx1 telephony: no agent", "telephony", "pbx1", "no agent",
         KO_SEV_UNKNOWN},
        {"Mar 14 14:04:00 telephony[42]: no agent", "telephony", "", "no agent",
         KO_SEV_UNKNOWN},
        {"<13>2026-03-14T14:04:00Z pbx1 postfix/smtpd[9]: lost", "postfix/smtpd", "pbx1",
         "lost", KO_SEV_INFO},
        {"2026-03-14T14:04:00.123456+01:00 pbx1 sshd[9]: lost", "sshd", "pbx1", "lost",
         KO_SEV_UNKNOWN},
        {"Mar 14 14:04:00 fw1 %ASA-6-302013: Built", "%ASA-6-302013", "fw1", "Built",
         KO_SEV_UNKNOWN},
        {"Mar 14 14:04:00 pbx1 just words", "pbx1", "pbx1", "just words", KO_SEV_UNKNOWN},
        {"Mar 14 2026 14:04:00 pbx1 a[1]: x", "a", "pbx1", "x", KO_SEV_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ko_text_line l;
        enum ko_status st = ko_text_rfc3164(ko_str(rows[i].line), &no_hint, &l);
        if (st != KO_OK || !ko_str_eq(l.ev.entity, ko_str(rows[i].entity)) ||
            !ko_str_eq(l.ev.instance, ko_str(rows[i].instance)) ||
            !ko_str_eq(l.ev.message, ko_str(rows[i].message)) ||
            l.ev.severity != rows[i].severity)
            fail_msg("'%s': %d '%.*s' '%.*s' '%.*s'", rows[i].line, (int)st,
                     KO_ARG(l.ev.entity), KO_ARG(l.ev.instance), KO_ARG(l.ev.message));
    }
}

static void an_iso_time_alone_makes_no_syslog(void **state)
{
    (void)state;
    struct ko_text_line l;
    assert_int_equal(ko_text_rfc3164(KO_STR("2026-03-14T14:04:00Z ERROR pool: exhausted"),
                                     &no_hint, &l),
                     KO_ENOTFOUND);
}

static size_t decode(const char *text, char *ret)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0, have = 0;
    size_t n = 0;
    for (; *text && *text != '='; text++) {
        bits = bits << 6 | (unsigned)(strchr(digits, *text) - digits);
        have += 6;
        if (have >= 8) {
            have -= 8;
            ret[n++] = (char)(bits >> have & 0xff);
        }
    }
    return n;
}

/*
 * What the suite calls invalid and we take, because a name that is too long is still a
 * name and a broken byte no reason to lose a record: 10 names over their length, 2
 * repeated ids of structured data, a lower-case z, a newline in a value, 23 messages with
 * a byte order mark before what is not UTF-8.
 */
enum { TAKEN_ON_PURPOSE = 37 };

static void the_vectors_of_others_are_taken_and_refused(void **state)
{
    (void)state;
    static char line[1 << 16], bytes[1 << 16];
    size_t n = 0, taken = 0;
    FILE *f = fopen(KO_SHARED_DIR "/suites/syslog/go-syslog-vectors.jsonl", "r");
    if (f == NULL)
        skip();
    while (fgets(line, sizeof line, f) != NULL) {
        json_t *v = json_loads(line, 0, NULL);
        const char *suite = json_string_value(json_object_get(v, "suite"));
        json_t *valid = json_object_get(v, "valid");
        struct ko_text_line l;
        if (json_is_boolean(valid)) {
            struct ko_str s = {
                bytes, decode(json_string_value(json_object_get(v, "input_b64")), bytes)};
            ko_text_parse_fn *parse =
                strcmp(suite, "rfc5424") == 0 ? ko_text_rfc5424 : ko_text_rfc3164;
            bool ok = parse(s, &no_hint, &l) == KO_OK;
            if (json_is_true(valid) && !ok)
                fail_msg("refused: %.*s", KO_ARG(s));
            taken += ok && !json_is_true(valid) ? 1 : 0;
            n++;
        }
        json_decref(v);
    }
    (void)fclose(f);
    assert_int_equal(n, 172);
    assert_int_equal(taken, TAKEN_ON_PURPOSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(structured_data_says_queue_and_region),
        cmocka_unit_test(the_frames_of_bsd_syslog_are_read),
        cmocka_unit_test(an_iso_time_alone_makes_no_syslog),
        cmocka_unit_test(the_vectors_of_others_are_taken_and_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
