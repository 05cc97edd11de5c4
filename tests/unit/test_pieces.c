#include "unit.h"

#include "base/utf8.h"
#include "show/show.h"
#include "show_case.h"

#include <math.h>

struct world {
    struct ko_case c;
    struct ko_buf bytes, out;
};

static int setup(void **state)
{
    static struct world w;
    show_case_example(&w.c, &w.bytes);
    ko_buf_init(&w.out, 1 << 20);
    *state = &w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    ko_buf_release(&w->out);
    ko_case_release(&w->c);
    ko_buf_release(&w->bytes);
    return 0;
}

static bool says(const struct world *w, const char *what)
{
    size_t at;
    return ko_str_find(ko_buf_str(&w->out), ko_str(what), &at);
}

static void assert_page(const struct world *w)
{
    struct ko_str rest = ko_buf_str(&w->out), line;
    assert_int_equal(w->out.status, KO_OK);
    assert_true(ko_str_ends(rest, KO_STR("\n")));
    while (ko_str_cut(&rest, '\n', &line))
        assert_true(ko_utf8_width(line) <= 80);
}

static void every_question_has_its_piece(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; ko_show_questions[i] != NULL; i++)
        assert_true(ko_show_question(&w->c, ko_str(ko_show_questions[i]), NULL, &w->out));
    assert_page(w);
    assert_true(says(w, "runner-up crm-api"));
    assert_true(says(w, "against: 2 min after identity"));
    assert_true(
        says(w, "portal → identity +60 s: retries (observed, support 0.77) [E5 E7]"));
}

static void an_unknown_question_is_no_piece(void **state)
{
    struct world *w = *state;
    assert_false(ko_show_question(&w->c, KO_STR("why"), NULL, &w->out));
    assert_false(ko_show_evidence(&w->c, KO_STR("E99"), NULL, &w->out));
    assert_int_equal(w->out.n, 0);
}

static void evidence_shows_numbers_rows_and_who_relies_on_it(void **state)
{
    struct world *w = *state;
    assert_true(ko_show_evidence(&w->c, KO_STR("E1"), NULL, &w->out));
    assert_page(w);
    assert_true(says(w, "identity.jsonl:2193"));
    assert_true(says(w, "before 210 ms, after 4.9 s"));
    assert_true(says(w, "suspect 1, identity: likely"));
    assert_true(says(w, "link identity → crm-api: slow dependency"));
}

static void an_entity_shows_owner_neighbours_and_signals(void **state)
{
    struct world *w = *state;
    uint32_t id;
    assert_true(ko_case_find_entity(&w->c, KO_STR("identity"), &id));
    ko_show_entity(&w->c, id, NULL, &w->out);
    assert_page(w);
    assert_true(says(w, "owner: team-identity, #identity-oncall (journeys.json)"));
    assert_true(says(w, "called by: bot-gateway, portal, crm-api"));
    assert_true(says(w, "pool_in_use"));
    assert_true(ko_case_find_entity(&w->c, KO_STR("agent-desktop"), &id));
    ko_show_entity(&w->c, id, NULL, &w->out);
    assert_true(says(w, "owner: not known: no export names one"));
}

static void a_plot_marks_baseline_onset_and_change(void **state)
{
    struct world *w = *state;
    ko_show_plot(&w->c, 2, NULL, &w->out);
    assert_page(w);
    assert_true(says(w, "identity latency_p95  onset 14:02:30 ±30 s: 210 ms → 4.9 s E1"));
    assert_true(says(w, "▲"));
    assert_true(says(w, "◆"));
    assert_true(says(w, "14:00"));
}

static void every_series_can_be_plotted_on_any_page(void **state)
{
    struct world *w = *state;
    struct ko_show_options opt = {.ascii = true};
    for (size_t i = 0; i < w->c.series.n; i++) {
        for (opt.width = 0; opt.width < 700; opt.width += 90)
            ko_show_plot(&w->c, i, &opt, &w->out);
    }
    assert_int_equal(w->out.status, KO_OK);
    for (size_t i = 0; i < w->out.n; i++)
        assert_true(w->out.p[i] == '\n' || (w->out.p[i] >= 0x20 && w->out.p[i] < 0x7f));
}

static void a_series_without_values_is_an_empty_plot(void **state)
{
    struct world *w = *state;
    w->c.series.v[0].v.n = 0;
    ko_show_plot(&w->c, 0, NULL, &w->out);
    for (size_t i = 0; i < w->c.series.v[1].v.n; i++)
        w->c.series.v[1].v.v[i] = NAN;
    ko_show_plot(&w->c, 1, NULL, &w->out);
    assert_page(w);
}

static void the_ledger_names_every_export_and_what_is_wrong(void **state)
{
    struct world *w = *state;
    ko_show_ledger(&w->c, NULL, &w->out);
    assert_page(w);
    assert_true(says(w, "identity.jsonl:8841: json_syntax"));
    assert_true(says(w, "! 3 of 8841 lines not used: json_syntax 2, bad_timestamp 1"));
    assert_true(says(w, "read so because: 7 of 8 first lines"));
    assert_true(says(w, "6 exports: 17256 lines"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_question_has_its_piece, setup, teardown),
        cmocka_unit_test_setup_teardown(an_unknown_question_is_no_piece, setup, teardown),
        cmocka_unit_test_setup_teardown(evidence_shows_numbers_rows_and_who_relies_on_it,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(an_entity_shows_owner_neighbours_and_signals,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_plot_marks_baseline_onset_and_change, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_series_can_be_plotted_on_any_page, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_series_without_values_is_an_empty_plot, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_ledger_names_every_export_and_what_is_wrong,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
