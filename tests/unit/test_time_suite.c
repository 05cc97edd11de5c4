/* The date and time strings of the JSON Schema test suite; skips where they are absent.
 */
#include "event/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include <stdio.h>
#include <time.h>

#define FOLDER KO_SHARED_DIR "/suites/timestamps/json-schema/"

/* Refused by the suite, which knows RFC 3339 alone, and right by the table of time.h. */
static const char *const ours[] = {
    "1985-04-12T23:20:50+01", /* an offset without minutes */
    "2020-11-28T23:55:45Z",   /* a date-time where the suite asks for a date or a time */
    "2020-01-01 00:00:00Z",   "08:30:06 PST", /* an abbreviation: said to be doubtful */
    "01:01:01,1111",          "12:00:00",     "12:00:00.52",
};

static bool is_ours(const char *text)
{
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (ko_str_eq(ko_str(ours[i]), ko_str(text)))
            return true;
    }
    return false;
}

/* A valid date-time of the suite, read the naive way. */
static ko_time naive(const char *text)
{
    struct tm tm = {0};
    int n = 0;
    char sign = 'Z';
    int hh = 0, mm = 0;
    int64_t ns = 0;
    assert_int_equal(sscanf(text, "%d-%d-%d%*c%d:%d:%d%n", &tm.tm_year, &tm.tm_mon,
                            &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &n),
                     6);
    int64_t unit = KO_SECOND;
    for (n += text[n] == '.'; text[n] >= '0' && text[n] <= '9'; n++) {
        unit /= 10;
        ns += (text[n] - '0') * unit;
    }
    (void)sscanf(text + n, "%c%d:%d", &sign, &hh, &mm);
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    int64_t offset = (sign == '-' ? -1 : 1) * (hh * 3600 + mm * 60);
    return ((int64_t)timegm(&tm) - offset) * KO_SECOND + ns;
}

static void check(const char *file, const char *text, size_t n, bool valid)
{
    struct ko_stamp s;
    enum ko_status st = ko_time_parse((struct ko_str){text, n}, &s);
    if (!valid && st == KO_OK && !is_ours(text))
        fail_msg("%s: '%s' was taken", file, text);
    if (!valid)
        return;
    bool has_year = text[4] == '-';
    if (st == KO_ERANGE && has_year && ko_str_cmp(ko_str(text), KO_STR("1973")) < 0)
        return;
    if (st != KO_OK)
        fail_msg("%s: '%s' gives %d", file, text, (int)st);
    if (ko_str_eq(ko_str(file), KO_STR("date-time.json")))
        assert_int_equal(s.time, naive(text));
}

static size_t run(const char *file)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s%s", FOLDER, file);
    json_t *suite = json_load_file(path, JSON_ALLOW_NUL, NULL);
    size_t count = 0;
    size_t i, j;
    json_t *group, *test;
    if (suite == NULL)
        return 0;
    json_array_foreach (suite, i, group) {
        json_array_foreach (json_object_get(group, "tests"), j, test) {
            json_t *data = json_object_get(test, "data");
            if (!json_is_string(data))
                continue;
            check(file, json_string_value(data), json_string_length(data),
                  json_is_true(json_object_get(test, "valid")));
            count++;
        }
    }
    json_decref(suite);
    return count;
}

static void strings_of_others_get_their_instant_or_none(void **state)
{
    (void)state;
    size_t n = run("date-time.json") + run("date.json") + run("time.json");
    if (n == 0)
        skip();
    assert_true(n >= 143);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_of_others_get_their_instant_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
