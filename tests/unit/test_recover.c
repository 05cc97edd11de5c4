/* test_recover.c: what is left after an incident, out of events. */
#include "recover/gather.h"
#include "recover/touch.h"
#include "recover/worklist_put.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { FAILED, DUPLICATES, UNRESOLVED, CASES, CALLBACKS, REPEATS, STALE, COMPLAINTS };

#define MINUTES(n) ((n)*KO_MINUTE)
#define T(f) cmocka_unit_test(f)

/* An incident of an hour, from minute 60 on, and the events of a test. */
struct day {
    struct ko_event v[64];
    size_t n;
    uint64_t keys, touches; /* 0: as many as ever */
};

static struct ko_event *event(struct day *d, const char *what, int64_t minute)
{
    struct ko_event *ev = &d->v[d->n];
    ko_event_init(ev, ko_str_eq(ko_str(what), KO_STR("contact")) ? KO_EVENT_CONTACT
                                                                 : KO_EVENT_RECORD);
    ev->what = ko_str(what);
    ev->time = MINUTES(minute);
    ev->place.line = ++d->n;
    return ev;
}

static struct ko_event *pay(struct day *d, int64_t minute, const char *id,
                            const char *order, const char *state)
{
    struct ko_event *ev = event(d, "payment", minute);
    ev->id = ko_str(id);
    ev->reference = ko_str(order);
    ev->state = ko_str(state);
    return ev;
}

static struct ko_event *talk(struct day *d, int64_t minute, const char *id,
                             const char *who, const char *state)
{
    struct ko_event *ev = event(d, "contact", minute);
    ev->id = ko_str(id);
    ev->customer = ko_str(who);
    ev->state = ko_str(state);
    return ev;
}

static void run(const struct day *d, struct ko_gather *g, struct ko_worklists *ret)
{
    ko_gather_init(g, MINUTES(60), MINUTES(120));
    g->limit_keys = d->keys > 0 ? d->keys : g->limit_keys;
    g->limit_touches = d->touches > 0 ? d->touches : g->limit_touches;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < d->n; i++)
            assert_int_equal(ko_gather_take(g, &d->v[i]), KO_OK);
        if (pass == 0)
            ko_gather_second(g);
    }
    assert_int_equal(ko_gather_finish(g), KO_OK);
    assert_int_equal(ko_worklists_find(g, ret), KO_OK);
}

/* The ids on list ${list}, blank between. */
static void expect(const struct day *d, size_t list, const char *ids)
{
    struct ko_gather g;
    struct ko_worklists lists;
    struct ko_buf b;
    ko_buf_init(&b, 1 << 16);
    run(d, &g, &lists);
    for (size_t i = 0; i < lists.v[list].rows.n; i++) {
        ko_buf_puts(&b, i > 0 ? " " : "");
        ko_buf_put(&b, ko_gather_name(&g, lists.v[list].rows.v[i].touch->id));
    }
    ko_buf_putc(&b, '\0');
    assert_string_equal(b.p, ids);
    ko_buf_release(&b);
    ko_worklists_release(&lists);
    ko_gather_release(&g);
}

static void an_order_that_any_attempt_paid_has_not_failed(void **state)
{
    (void)state;
    struct day d = {0};
    pay(&d, 70, "p1", "o1", "failed");
    pay(&d, 71, "p2", "o1", "Declined");
    pay(&d, 70, "p3", "o2", "failed");
    pay(&d, 600, "p4", "o2", "succeeded");
    pay(&d, 50, "p5", "o3", "failed");
    pay(&d, 61, "p6", "o4", "captured");
    pay(&d, 65, "p7", "o4", "failed");
    expect(&d, FAILED, "p2");
}

static void payments_without_order_are_paid_by_a_later_success_only(void **state)
{
    (void)state;
    struct day d = {0};
    pay(&d, 70, "p1", "", "succeeded")->customer = KO_STR("c1");
    pay(&d, 80, "p2", "", "failed")->customer = KO_STR("c1");
    pay(&d, 80, "p3", "", "failed")->customer = KO_STR("c2");
    pay(&d, 90, "p4", "", "paid")->customer = KO_STR("c2");
    expect(&d, FAILED, "p2");
}

static void charges_beside_the_first_are_duplicates_unless_paid_back(void **state)
{
    (void)state;
    struct day d = {0};
    pay(&d, 70, "p1", "o1", "succeeded");
    pay(&d, 71, "p2", "o1", "succeeded");
    pay(&d, 72, "p3", "o1", "refunded");
    pay(&d, 73, "p4", "o1", "pending");
    pay(&d, 70, "p5", "o2", "failed");
    pay(&d, 71, "p6", "o2", "succeeded");
    pay(&d, 10, "p7", "o3", "succeeded");
    pay(&d, 11, "p8", "o3", "succeeded");
    expect(&d, DUPLICATES, "p2 p4");
}

static void a_second_delivery_of_a_record_is_believed_if_it_is_settled(void **state)
{
    (void)state;
    struct day d = {0};
    pay(&d, 70, "p1", "o1", "succeeded");
    pay(&d, 70, "p1", "o1", "succeeded");
    struct ko_event *ev = event(&d, "case", 80);
    ev->id = KO_STR("s1");
    ev->state = KO_STR("open");
    ev = event(&d, "case", 80);
    ev->id = KO_STR("s1");
    ev->done = MINUTES(500);
    expect(&d, DUPLICATES, "");
    expect(&d, CASES, "");
}

static void who_was_helped_later_is_not_left(void **state)
{
    (void)state;
    struct day d = {0};
    talk(&d, 70, "k1", "c1", "no");
    talk(&d, 75, "k2", "c1", "no");
    talk(&d, 70, "k3", "c2", "no");
    talk(&d, 900, "k4", "c2", "yes");
    talk(&d, 50, "k5", "c3", "yes");
    talk(&d, 70, "k6", "c3", "")->abandoned = true;
    expect(&d, UNRESOLVED, "k6 k2");
    expect(&d, REPEATS, "k2 k4");
}

static void a_call_back_that_is_not_due_yet_is_not_missed(void **state)
{
    (void)state;
    struct day d = {0};
    event(&d, "callback", 70)->id = KO_STR("b1");
    d.v[0].due = MINUTES(100);
    event(&d, "callback", 71)->id = KO_STR("b2");
    d.v[1].due = MINUTES(900);
    event(&d, "callback", 72)->id = KO_STR("b3");
    d.v[2].done = MINUTES(150);
    event(&d, "callback", 30)->id = KO_STR("b4");
    expect(&d, CALLBACKS, "b1");
}

static void data_is_stale_when_a_refresh_was_missed(void **state)
{
    (void)state;
    struct day d = {0};
    for (int64_t i = 0; i < KO_GATHER_HEALTHY_MIN; i++)
        event(&d, "answer", i)->as_of = MINUTES(i - 5);
    event(&d, "answer", 70)->id = KO_STR("a1");
    d.v[d.n - 1].as_of = MINUTES(60);
    event(&d, "answer", 71)->id = KO_STR("a2");
    d.v[d.n - 1].as_of = MINUTES(60);
    expect(&d, STALE, "a2");
    d.n--;
    d.v[0].kind = KO_EVENT_LOG;
    d.v[0].what = KO_STR("");
    expect(&d, STALE, "");
}

static void complaints_count_after_the_end(void **state)
{
    (void)state;
    struct day d = {0};
    talk(&d, 70, "k1", "c1", "yes")->reason = KO_STR("Complaint");
    talk(&d, 121, "k2", "c1", "yes")->reason = KO_STR("complaint, billing");
    talk(&d, 122, "k3", "c9", "yes")->reason = KO_STR("question");
    expect(&d, COMPLAINTS, "k2");
}

static void what_no_export_tells_is_not_an_empty_list(void **state)
{
    (void)state;
    struct day d = {0};
    struct ko_gather g;
    struct ko_worklists lists;
    talk(&d, 70, "k1", "", "");
    run(&d, &g, &lists);
    for (size_t i = 0; i < KO_WORKLISTS; i++)
        assert_true((lists.v[i].needs.n > 0) == (i != COMPLAINTS));
    ko_worklists_release(&lists);
    ko_gather_release(&g);
}

static void what_does_not_fit_is_counted(void **state)
{
    (void)state;
    struct day d = {.keys = 2};
    pay(&d, 70, "p1", "o1", "failed");
    pay(&d, 71, "p2", "o2", "failed");
    pay(&d, 72, "p3", "o3", "failed");
    struct ko_gather g;
    struct ko_worklists lists;
    struct ko_buf b;
    ko_buf_init(&b, 1 << 16);
    run(&d, &g, &lists);
    assert_int_equal(g.folded, 1);
    ko_worklist_say(&lists.v[FAILED], g.folded, &b);
    ko_buf_putc(&b, '\0');
    assert_string_equal(b.p, "failed payments without a later success: at least 2");
    ko_buf_release(&b);
    ko_worklists_release(&lists);
    ko_gather_release(&g);
}

static void masked_ids_are_the_same_in_every_list(void **state)
{
    (void)state;
    struct day d = {0};
    struct ko_gather g;
    struct ko_worklists lists;
    const struct ko_str exports[] = {KO_STR("=a.csv")};
    struct ko_worklist_names names = {.exports = exports};
    struct ko_buf b;
    talk(&d, 70, "k1", "c1", "no")->reason = KO_STR("mail me@x.example");
    talk(&d, 75, "k2", "c1", "no");
    ko_buf_init(&b, 1 << 16);
    ko_map_init(&names.numbers, 0);
    run(&d, &g, &lists);
    assert_int_equal(ko_worklist_put(&names, &g, &lists.v[UNRESOLVED], &b), KO_OK);
    assert_int_equal(ko_worklist_put(&names, &g, &lists.v[REPEATS], &b), KO_OK);
    ko_buf_putc(&b, '\0');
    assert_string_equal(
        b.p, "id,customer,reference,time,due,as_of,state,amount,times,related,why,reason,"
             "source\n"
             "id-1,customer-2,,1970-01-01T01:15:00Z,,,failed,,2,,\"gave up or was not "
             "helped\",,\"'=a.csv:2\"\n"
             "id,customer,reference,time,due,as_of,state,amount,times,related,why,reason,"
             "source\n"
             "id-1,customer-2,,1970-01-01T01:15:00Z,,,failed,,1,id-3,\"came again\",,"
             "\"'=a.csv:2\"\n");
    ko_buf_release(&b);
    ko_map_release(&names.numbers);
    ko_worklists_release(&lists);
    ko_gather_release(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_order_that_any_attempt_paid_has_not_failed),
        T(payments_without_order_are_paid_by_a_later_success_only),
        T(charges_beside_the_first_are_duplicates_unless_paid_back),
        T(a_second_delivery_of_a_record_is_believed_if_it_is_settled),
        T(who_was_helped_later_is_not_left),
        T(a_call_back_that_is_not_due_yet_is_not_missed),
        T(data_is_stale_when_a_refresh_was_missed),
        T(complaints_count_after_the_end),
        T(what_no_export_tells_is_not_an_empty_list),
        T(what_does_not_fit_is_counted),
        T(masked_ids_are_the_same_in_every_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
