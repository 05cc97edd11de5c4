/* test_people.c: whose interactions failed or took too long: who counts, and as what. */
#include "unit.h"

#include "reduce/hist.h"
#include "reduce/ids.h"
#include "reduce_scene.h"

#include <math.h>
#include <stdlib.h>

/* The journey "pay": web, where customers put up with 3 s, then queue with 60 s. */
static void add_journey(struct scene *s)
{
    struct ko_event *ev = scene_add(s, KO_EVENT_STEP, 0, KO_TIME_NONE, "web");
    ev->journey = KO_STR("pay");
    ev->value = 1;
    ev->dur = 3 * KO_SECOND;
    ev = scene_add(s, KO_EVENT_STEP, 0, KO_TIME_NONE, "queue");
    ev->journey = KO_STR("pay");
    ev->value = 2;
    ev->dur = 60 * KO_SECOND;
}

/* A request at ${entity} in minute ${minute}. */
static struct ko_event *add_request(struct scene *s, const char *entity, int minute,
                                    ko_dur took, int status)
{
    struct ko_event *ev =
        scene_add(s, KO_EVENT_LOG, 1, T0 + minute * KO_MINUTE + KO_SECOND, entity);
    ev->channel = KO_STR("web");
    ev->region = KO_STR("eu");
    ev->dur = took;
    ev->status = status;
    return ev;
}

static struct ko_event *add_line(struct scene *s, const char *entity, const char *who)
{
    struct ko_event *ev = scene_add(s, KO_EVENT_LOG, 1, T0 + KO_SECOND, entity);
    ev->severity = KO_SEV_ERROR;
    ev->customer = ko_str(who);
    return ev;
}

/* One bad head: who it is called, and how often it is counted. */
static void assert_heads(const struct ko_case *c, const char *dim, const char *value,
                         const char *kind, double heads, double bad)
{
    const struct ko_group *g = scene_group(c, dim, value);
    assert_non_null(g);
    assert_true(ko_str_eq(g->id_kind, ko_str(kind)));
    assert_true(scene_total(g->ids) == heads);
    assert_true(scene_total(g->ids_bad) == bad);
}

static void a_request_longer_than_the_journey_allows_is_bad(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    struct ko_case c;
    add_request(s, "web", 0, 2 * KO_SECOND, 200)->customer = KO_STR("alice");
    add_request(s, "web", 1, 3 * KO_SECOND, 200)->customer = KO_STR("bob");
    add_request(s, "web", 2, 4 * KO_SECOND, 200)->customer = KO_STR("carol");
    add_request(s, "web", 3, 4 * KO_SECOND, 500)->customer = KO_STR("dave");
    add_journey(s); /* what a map says counts however late it is read */
    scene_reduce(s, NULL, &c);
    assert_heads(&c, "all", "all", "customer", 4, 2);
    assert_heads(&c, "journey", "pay", "customer", 4, 2);
    assert_true(scene_total(scene_group(&c, "region", "eu")->bad) == 2);
    ko_case_release(&c);
    free(s);
}

/* How many requests are late of two hours with a late and a quick one a minute, where a
 * reducer has ${room} bytes for numbers. */
static double late_with(size_t room)
{
    struct ko_reduce_options opt;
    struct scene *s = scene_new();
    struct ko_case c;
    ko_reduce_options_init(&opt);
    opt.cells_max_bytes = room;
    add_journey(s);
    for (int i = 0; i < 120; i++) {
        add_request(s, "web", i, 4 * KO_SECOND, 200);
        add_request(s, "web", i, KO_SECOND, 200);
    }
    scene_reduce(s, &opt, &c);
    double late = scene_total(scene_group(&c, "region", "eu")->bad);
    ko_case_release(&c);
    free(s);
    return late;
}

static void late_requests_are_counted_whatever_room_there_is(void **state)
{
    (void)state;
    assert_true(late_with(192 << 20) == 120);
    assert_true(fabs(late_with(32 << 10) - 120) < 1e-6);
}

static void without_a_map_only_failures_are_bad(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    struct ko_case c;
    add_request(s, "web", 0, 4 * KO_MINUTE, 200)->customer = KO_STR("alice");
    scene_reduce(s, NULL, &c);
    assert_heads(&c, "all", "all", "customer", 1, 0);
    ko_case_release(&c);
    free(s);
}

static void a_contact_is_late_by_its_wait(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    struct ko_case c;
    add_journey(s);
    for (int i = 0; i < 2; i++) {
        struct ko_event *ev = scene_add(s, KO_EVENT_CONTACT, 1, T0, "");
        ev->queue = KO_STR("queue");
        ev->id = ev->session = i == 0 ? KO_STR("k1") : KO_STR("k2");
        ev->wait = (i == 0 ? 50 : 70) * KO_SECOND;
        ev->handle = 10 * KO_MINUTE;
    }
    scene_reduce(s, NULL, &c);
    assert_heads(&c, "queue", "queue", "session", 2, 1);
    ko_case_release(&c);
    free(s);
}

static void a_failed_attempt_inside_hurts_nobody_once_its_retry_succeeds(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    struct ko_case c;
    add_journey(s);
    add_request(s, "web", 0, KO_SECOND, 200)->customer = KO_STR("alice");
    add_line(s, "crm", "alice");
    add_line(s, "web", "alice");
    scene_reduce(s, NULL, &c);
    assert_heads(&c, "all", "all", "customer", 1, 0);
    ko_case_release(&c);
    free(s);
}

static void lines_tell_who_failed_where_nothing_else_does(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    struct ko_case c;
    add_request(s, "crm", 0, KO_SECOND, 200);
    add_line(s, "bot", "alice");
    scene_reduce(s, NULL, &c);
    const struct ko_group *all = scene_group(&c, "all", "all");
    assert_true(scene_total(all->ids_bad) == 1);
    ko_case_release(&c);
    free(s);
}

static void a_part_that_names_nobody_counts_by_the_interaction(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    struct ko_case c;
    add_journey(s);
    add_request(s, "web", 0, 4 * KO_SECOND, 200);
    add_request(s, "web", 0, KO_SECOND, 503);
    add_request(s, "web", 0, KO_SECOND, 200);
    struct ko_event *ev = scene_add(s, KO_EVENT_CONTACT, 1, T0, "");
    ev->queue = KO_STR("queue");
    ev->id = ev->session = KO_STR("k1");
    ev->abandoned = true;
    scene_reduce(s, NULL, &c);
    assert_heads(&c, "all", "all", "interaction", 4, 3);
    assert_heads(&c, "queue", "queue", "session", 1, 1);
    ko_case_release(&c);
    free(s);
}

/* Who was somewhere in which minute, and who failed there. */
enum { PEOPLE = 7, MINUTES = 60 };
struct naive {
    bool came[PEOPLE][MINUTES], failed[PEOPLE][MINUTES];
};

static void assert_as_naive(const struct ko_group *g, const struct naive *naive)
{
    assert_non_null(g);
    assert_int_equal(g->ids.n, MINUTES);
    bool before[PEOPLE] = {false};
    for (int m = 0; m < MINUTES; m++) {
        double came = 0, failed = 0, first = 0;
        for (int i = 0; i < PEOPLE; i++) {
            came += naive->came[i][m];
            failed += naive->failed[i][m];
            first += naive->failed[i][m] && !before[i];
            before[i] |= naive->failed[i][m];
        }
        assert_true(g->ids.v[m] == came);
        assert_true(g->ids_bad.v[m] == failed);
        assert_true(g->ids_bad_first.v[m] == first);
    }
}

static void
people_who_come_again_elsewhere_are_counted_as_a_naive_count_does(void **state)
{
    static const char *const who[PEOPLE] = {"a", "b", "c", "d", "e", "f", "g"};
    (void)state;
    struct scene *s = scene_new();
    struct naive all = {.came = {{false}}}, eu = all;
    uint64_t seed = 7;
    for (int i = 0; i < 900; i++) {
        uint32_t person = scene_draw(&seed, PEOPLE), minute = scene_draw(&seed, MINUTES);
        bool bad = scene_draw(&seed, 4) == 0, in_eu = scene_draw(&seed, 2) == 0;
        struct ko_event *ev =
            add_request(s, "web", (int)minute, KO_SECOND, bad ? 500 : 200);
        ev->time += (ko_dur)scene_draw(&seed, 50) * KO_SECOND;
        ev->customer = ko_str(who[person]);
        ev->region = in_eu ? KO_STR("eu") : KO_STR("us");
        ev->channel = scene_draw(&seed, 2) == 0 ? KO_STR("web") : KO_STR("app");
        all.came[person][minute] = true;
        all.failed[person][minute] |= bad;
        eu.came[person][minute] |= in_eu;
        eu.failed[person][minute] |= in_eu && bad;
    }
    struct ko_case c;
    struct ko_reduce_options opt;
    ko_reduce_options_init(&opt);
    opt.from = T0;
    opt.to = T0 + MINUTES * KO_MINUTE;
    opt.step = KO_MINUTE;
    scene_reduce(s, &opt, &c);
    assert_as_naive(scene_group(&c, "all", "all"), &all);
    assert_as_naive(scene_group(&c, "region", "eu"), &eu);
    ko_case_release(&c);
    free(s);
}

static void the_log_and_the_trace_of_a_request_are_one_interaction(void **state)
{
    (void)state;
    struct scene *s = scene_new();
    struct ko_case c;
    struct ko_event *ev = scene_add(s, KO_EVENT_SPAN, 1, T0, "web");
    ev->trace = KO_STR("1");
    ev->span = KO_STR("2");
    ev->region = KO_STR("eu");
    ev->status = 500;
    ev->dur = KO_SECOND;
    add_request(s, "web", 0, KO_SECOND, 500);
    scene_reduce(s, NULL, &c);
    assert_true(scene_total(scene_group(&c, "region", "eu")->bad) == 1);
    ko_case_release(&c);
    free(s);
}

static void durations_keep_their_order_in_sixteen_bits(void **state)
{
    (void)state;
    assert_int_equal(ko_took_of(-1), 0);
    assert_true(ko_took_of(0) > 0);
    for (ko_dur d = 1; d < INT64_MAX / 3; d += d / 2 + 1) {
        assert_true(ko_took_of(d - 1) <= ko_took_of(d));
        assert_true(ko_took_of(d + d / 500 + 1) > ko_took_of(d - 1));
    }
    assert_true(ko_took_of(INT64_MAX) > ko_took_of(INT64_MAX / 2));
}

static void values_above_are_counted_exactly_then_by_cell(void **state)
{
    (void)state;
    struct ko_hist h = {.n = 0};
    for (int64_t i = 1; i <= 1000; i++) {
        uint64_t above = ko_hist_above(&h, 500);
        uint64_t true_above = i > 501 ? (uint64_t)i - 501 : 0;
        uint64_t error = above > true_above ? above - true_above : true_above - above;
        assert_true(error <= (h.n <= KO_HIST_EXACT ? 0 : 8));
        assert_int_equal(ko_hist_add(&h, i), KO_OK);
    }
    ko_hist_release(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_longer_than_the_journey_allows_is_bad),
        cmocka_unit_test(late_requests_are_counted_whatever_room_there_is),
        cmocka_unit_test(without_a_map_only_failures_are_bad),
        cmocka_unit_test(a_contact_is_late_by_its_wait),
        cmocka_unit_test(a_failed_attempt_inside_hurts_nobody_once_its_retry_succeeds),
        cmocka_unit_test(lines_tell_who_failed_where_nothing_else_does),
        cmocka_unit_test(a_part_that_names_nobody_counts_by_the_interaction),
        cmocka_unit_test(
            people_who_come_again_elsewhere_are_counted_as_a_naive_count_does),
        cmocka_unit_test(the_log_and_the_trace_of_a_request_are_one_interaction),
        cmocka_unit_test(durations_keep_their_order_in_sixteen_bits),
        cmocka_unit_test(values_above_are_counted_exactly_then_by_cell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
