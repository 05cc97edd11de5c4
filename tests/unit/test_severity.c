#include "event/severity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct row {
    const char *text;
    enum ko_severity want;
};

static void words_of_every_logger_are_known(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"INFO", KO_SEV_INFO},      {" WARN", KO_SEV_WARN},
        {"warning", KO_SEV_WARN},   {"err", KO_SEV_ERROR},
        {"E", KO_SEV_ERROR},        {"dpanic", KO_SEV_FATAL},
        {"NOTICE", KO_SEV_INFO},    {"SEVERE", KO_SEV_ERROR},
        {"critical", KO_SEV_FATAL}, {"ERROR+2", KO_SEV_ERROR},
        {"D1", KO_SEV_DEBUG},       {"[error]", KO_SEV_ERROR},
        {"error:", KO_SEV_ERROR},   {"Information", KO_SEV_INFO},
        {"", KO_SEV_UNKNOWN},       {"INFORMER", KO_SEV_UNKNOWN},
        {"200", KO_SEV_UNKNOWN},    {"error handling", KO_SEV_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (ko_severity_word(ko_str(rows[i].text)) != rows[i].want)
            fail_msg("'%s'", rows[i].text);
    }
}

static void numbers_are_read_on_their_own_scale(void **state)
{
    (void)state;
    assert_int_equal(ko_severity_number(30, KO_SEV_SCALE_PINO), KO_SEV_INFO);
    assert_int_equal(ko_severity_number(50, KO_SEV_SCALE_PINO), KO_SEV_ERROR);
    assert_int_equal(ko_severity_number(0, KO_SEV_SCALE_PINO), KO_SEV_UNKNOWN);
    assert_int_equal(ko_severity_number(3, KO_SEV_SCALE_SYSLOG), KO_SEV_ERROR);
    assert_int_equal(ko_severity_number(0, KO_SEV_SCALE_SYSLOG), KO_SEV_FATAL);
    assert_int_equal(ko_severity_number(8, KO_SEV_SCALE_SYSLOG), KO_SEV_UNKNOWN);
    assert_int_equal(ko_severity_number(1, KO_SEV_SCALE_OTEL), KO_SEV_TRACE);
    assert_int_equal(ko_severity_number(17, KO_SEV_SCALE_OTEL), KO_SEV_ERROR);
    assert_int_equal(ko_severity_number(24, KO_SEV_SCALE_OTEL), KO_SEV_FATAL);
    assert_int_equal(ko_severity_number(25, KO_SEV_SCALE_OTEL), KO_SEV_UNKNOWN);
}

static void a_message_betrays_its_level(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"connection refused", KO_SEV_ERROR},
        {"java.lang.NullPointerException: x", KO_SEV_ERROR},
        {"TypeError: undefined is not a function", KO_SEV_ERROR},
        {"request timed out", KO_SEV_ERROR},
        {"upstream returned status=503", KO_SEV_ERROR},
        {"pool exhausted", KO_SEV_ERROR},
        {"retrying in 5 s", KO_SEV_WARN},
        {"using fallback", KO_SEV_WARN},
        {"retry failed", KO_SEV_ERROR},
        {"0 errors", KO_SEV_UNKNOWN},
        {"no errors found", KO_SEV_UNKNOWN},
        {"errors=0 done", KO_SEV_UNKNOWN},
        {"errors=03", KO_SEV_ERROR},
        {"lookup ok", KO_SEV_UNKNOWN},
        {"", KO_SEV_UNKNOWN},
        {"processed 503 rows", KO_SEV_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (ko_severity_guess(ko_str(rows[i].text)) != rows[i].want)
            fail_msg("'%s'", rows[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_every_logger_are_known),
        cmocka_unit_test(numbers_are_read_on_their_own_scale),
        cmocka_unit_test(a_message_betrays_its_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
