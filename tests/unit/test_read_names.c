#include "unit.h"

#include "base/mem.h"
#include "read/columns.h"
#include "read/logfmt.h"
#include "read/quantity.h"
#include "read/roles.h"

#include <math.h>

static void role_names_are_sorted_and_plain(void **state)
{
    (void)state;
    for (size_t i = 0; i < ko_role_names_n; i++) {
        struct ko_str name = ko_str(ko_role_names[i].name);
        if (i > 0)
            assert_true(ko_str_cmp(ko_str(ko_role_names[i - 1].name), name) < 0);
        for (size_t k = 0; k < name.n; k++)
            assert_true(ko_char_is_alnum(name.p[k]) &&
                        ko_char_lower(name.p[k]) == name.p[k]);
    }
}

static void role_is(const char *key, enum ko_role role, ko_dur unit)
{
    struct ko_role_claim claim = ko_role_of(ko_str(key), (struct ko_str){0});
    assert_int_equal(claim.role, role);
    if (unit != 0)
        assert_int_equal(claim.unit, unit);
}

static void spelling_and_nesting_of_keys_do_not_matter(void **state)
{
    (void)state;
    role_is("Service Name", KO_ROLE_SERVICE, 0);
    role_is("service.name", KO_ROLE_SERVICE, 0);
    role_is("@timestamp", KO_ROLE_TIME, 0);
    role_is("trace_id", KO_ROLE_TRACE, 0);
    role_is("labels.app", KO_ROLE_SERVICE, 0);
    role_is("resource.labels.container_name", KO_ROLE_CONTAINER, 0);
    role_is("process.thread.name", KO_ROLE_NONE, 0);
    role_is("", KO_ROLE_NONE, 0);
    role_is("___", KO_ROLE_NONE, 0);
}

static void units_stand_behind_the_names_of_durations(void **state)
{
    (void)state;
    role_is("duration_ms", KO_ROLE_DURATION, KO_MS);
    role_is("durationMs", KO_ROLE_DURATION, KO_MS);
    role_is("duration_us", KO_ROLE_DURATION, 1000);
    role_is("latencySeconds", KO_ROLE_DURATION, KO_SECOND);
    role_is("duration (ns)", KO_ROLE_DURATION, 1);
    role_is("event.duration", KO_ROLE_DURATION, 1);
    role_is("responseTime", KO_ROLE_DURATION, KO_MS);
    role_is("wait_s", KO_ROLE_WAIT, KO_SECOND);
    role_is("status", KO_ROLE_STATUS, 0);
}

static void the_word_of_the_user_comes_first(void **state)
{
    (void)state;
    struct ko_roles roles;
    struct ko_str map = KO_STR("time=seen,service=team");
    ko_roles_none(&roles);
    ko_roles_claim(&roles, ko_role_of(KO_STR("time"), map), 0);
    ko_roles_claim(&roles, ko_role_of(KO_STR("seen"), map), 1);
    assert_int_equal(roles.at[KO_ROLE_TIME], 1);
}

static void check_columns(const char *const *names, size_t n, const char *const *entities,
                          const char *const *signals)
{
    struct ko_str texts[16];
    struct ko_column columns[16];
    for (size_t i = 0; i < n; i++)
        texts[i] = ko_str(names[i]);
    assert_int_equal(ko_columns_split(texts, n, columns), KO_OK);
    for (size_t i = 0; i < n; i++) {
        assert_slice(columns[i].entity, ko_str(entities[i]));
        assert_slice(columns[i].signal, ko_str(signals[i]));
    }
}

#define CHECK_COLUMNS(n, ...)                                                            \
    do {                                                                                 \
        static const char *const t_[3][n] = __VA_ARGS__;                                 \
        check_columns(t_[0], n, t_[1], t_[2]);                                           \
    } while (0)

static void columns_are_cut_where_the_fewest_names_explain_them(void **state)
{
    (void)state;
    CHECK_COLUMNS(5, {{"carts_cpu", "carts-db_cpu", "front-end_lat_50", "carts_lat_50",
                       "carts_lat_99"},
                      {"carts", "carts-db", "front-end", "carts", "carts"},
                      {"cpu", "cpu", "lat_50", "lat_50", "lat_99"}});
    CHECK_COLUMNS(
        3, {{"ts-basic-info-service_CpuUsageRate(%)",
             "ts-basic-info-service_MemoryUsage(Mi)", "ts-user-service_SyscallRead"},
            {"ts-basic-info-service", "ts-basic-info-service", "ts-user-service"},
            {"CpuUsageRate", "MemoryUsage", "SyscallRead"}});
    CHECK_COLUMNS(4, {{"payments-db-cpu_usage", "payments-db-mem_usage", "cart-cpu_usage",
                       "cart-mem_usage"},
                      {"payments-db", "payments-db", "cart", "cart"},
                      {"cpu_usage", "mem_usage", "cpu_usage", "mem_usage"}});
    CHECK_COLUMNS(1, {{"payments-db-cpu_usage"}, {"payments-db"}, {"cpu_usage"}});
    CHECK_COLUMNS(2,
                  {{"cart.p95", "checkout.p95"}, {"cart", "checkout"}, {"p95", "p95"}});
    CHECK_COLUMNS(2,
                  {{"cart/errors", "pay/errors"}, {"cart", "pay"}, {"errors", "errors"}});
}

static void words_of_measuring_are_no_entities(void **state)
{
    (void)state;
    CHECK_COLUMNS(2, {{"cpu_user", "cpu_system"}, {"", ""}, {"cpu_user", "cpu_system"}});
    CHECK_COLUMNS(
        2,
        {{"http_requests", "http_errors"}, {"", ""}, {"http_requests", "http_errors"}});
    CHECK_COLUMNS(2, {{"latency.checkout", "latency.cart"},
                      {"checkout", "cart"},
                      {"latency", "latency"}});
}

static void labels_name_the_entity(void **state)
{
    (void)state;
    CHECK_COLUMNS(2, {{"p95{service=\"crm\",region=\"eu\"}", "p95{service=\"ivr\"}"},
                      {"crm", "ivr"},
                      {"p95", "p95"}});
}

static void quantity_is(const char *text, bool comma, double value, const char *unit)
{
    struct ko_quantity q;
    assert_true(ko_quantity_parse(ko_str(text), comma, &q));
    assert_true(fabs(q.value - value) <= 1e-12 * fabs(value));
    assert_slice(q.unit, ko_str(unit));
}

static void quantities_are_read_as_people_write_them(void **state)
{
    (void)state;
    struct ko_quantity q;
    quantity_is("0.037", false, 0.037, "");
    quantity_is("-1.5e-3", false, -0.0015, "");
    quantity_is("0,037", true, 0.037, "");
    quantity_is("1.234,5", true, 1234.5, "");
    quantity_is("1,234,567.5", false, 1234567.5, "");
    quantity_is("36.8 ms", false, 0.0368, "s");
    quantity_is("4.98 s", false, 4.98, "s");
    quantity_is("3.1%", false, 3.1, "%");
    quantity_is("1.2 K", false, 1200, "");
    quantity_is("512 MiB", false, 536870912, "By");
    assert_false(ko_quantity_parse(KO_STR("0,037"), false, &q));
    assert_false(ko_quantity_parse(KO_STR("1,23,4"), false, &q));
    assert_false(ko_quantity_parse(KO_STR("12:30"), false, &q));
    assert_false(ko_quantity_parse(KO_STR(""), false, &q));
    assert_false(ko_quantity_parse(KO_STR("ok"), false, &q));
}

static void dur_is(const char *text, ko_dur unit, ko_dur want)
{
    ko_dur got;
    assert_true(ko_quantity_dur(ko_str(text), unit, &got));
    assert_int_equal(got, want);
}

static void durations_know_their_unit(void **state)
{
    (void)state;
    ko_dur got;
    dur_is("47ms", 0, 47 * KO_MS);
    dur_is("0.020s", KO_MS, 20 * KO_MS);
    dur_is("1h30m", 0, 90 * KO_MINUTE);
    dur_is("00:01:30", 0, 90 * KO_SECOND);
    dur_is("38", KO_MS, 38 * KO_MS);
    dur_is("38", 0, 38 * KO_MS);
    dur_is("0.081", 0, 81 * KO_MS);
    dur_is("38000000", 0, 38 * KO_MS);
    assert_false(ko_quantity_dur(KO_STR("-1"), 0, &got));
    assert_false(ko_quantity_dur(KO_STR("-"), 0, &got));
    assert_false(ko_quantity_dur(KO_STR("1e300"), KO_SECOND, &got));
}

static void logfmt_values_keep_quotes_and_equal_signs(void **state)
{
    (void)state;
    struct ko_arena arena = {0};
    struct ko_record r = {0};
    struct ko_str prose;
    assert_int_equal(ko_logfmt_parse(&arena,
                                     KO_STR("oops here a=1 msg=\"x \\\"y\\\" z\" flag "
                                            "err=\"a=b\" url=/p?q=1 empty= last=\"\""),
                                     &r, &prose),
                     KO_OK);
    assert_str(prose, "oops here");
    assert_int_equal(r.n, 6);
    assert_str(ko_record_get(&r, "msg"), "x \"y\" z");
    assert_str(ko_record_get(&r, "err"), "a=b");
    assert_str(ko_record_get(&r, "url"), "/p?q=1");
    assert_str(ko_record_get(&r, "empty"), "");
    assert_int_equal(ko_logfmt_parse(&arena, KO_STR("a=\"open"), &r, &prose), KO_ESYNTAX);
    ko_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(role_names_are_sorted_and_plain),
        cmocka_unit_test(spelling_and_nesting_of_keys_do_not_matter),
        cmocka_unit_test(units_stand_behind_the_names_of_durations),
        cmocka_unit_test(the_word_of_the_user_comes_first),
        cmocka_unit_test(columns_are_cut_where_the_fewest_names_explain_them),
        cmocka_unit_test(words_of_measuring_are_no_entities),
        cmocka_unit_test(labels_name_the_entity),
        cmocka_unit_test(quantities_are_read_as_people_write_them),
        cmocka_unit_test(durations_know_their_unit),
        cmocka_unit_test(logfmt_values_keep_quotes_and_equal_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
