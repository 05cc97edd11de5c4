#include "unit.h"

#include "base/buf.h"
#include "read/pieces.h"

enum { HEAD = 200000, PIECE = 1000 };

static enum ko_status count_event(void *ctx, const struct ko_event *ev)
{
    (void)ev;
    ++*(size_t *)ctx;
    return KO_OK;
}

/* ${first}, then ${lines} until there are 200 kB. */
static void repeat(struct ko_buf *b, const char *first, const char *lines)
{
    ko_buf_init(b, KO_BUF_MAX);
    ko_buf_puts(b, first);
    while (b->n < HEAD)
        ko_buf_puts(b, lines);
    assert_int_equal(b->status, KO_OK);
}

/* Into how many pieces is the text cut?  Each begins where the one before it ended. */
static size_t pieces_of(struct ko_buf *text)
{
    const struct ko_read_options opt = {.piece_bytes = PIECE};
    struct ko_pieces *p;
    struct ko_piece piece = {0};
    struct ko_buf room;
    size_t pieces = 0, at = 0;
    ko_buf_init(&room, KO_BUF_MAX);
    assert_int_equal(ko_pieces_open(NULL, ko_buf_str(text), KO_STR("x"), &opt, &p, NULL),
                     KO_OK);
    while (ko_pieces_next(p, &room, &piece) == KO_OK) {
        assert_int_equal(piece.offset, at);
        assert_int_equal(piece.is_later, at > 0);
        at += piece.bytes.n;
        pieces++;
        assert_true(ko_pieces_are_given(p) || !piece.is_stream);
    }
    assert_true(piece.is_stream || at == text->n);
    ko_pieces_close(p);
    ko_buf_release(&room);
    ko_buf_release(text);
    return pieces;
}

static size_t pieces(const char *first, const char *lines)
{
    struct ko_buf text;
    repeat(&text, first, lines);
    return pieces_of(&text);
}

static void formats_of_lines_and_rows_are_cut(void **state)
{
    (void)state;
    assert_in_range(pieces("", "{\"ts\":\"2026-03-14T14:00:00Z\",\"msg\":\"x\"}\n"),
                    HEAD / PIECE / 4, HEAD / PIECE * 2);
    assert_in_range(pieces("", "ts=2026-03-14T14:00:00Z level=info msg=x\n"),
                    HEAD / PIECE / 4, HEAD / PIECE * 2);
    assert_in_range(pieces("time,service,value\n", "2026-03-14T14:00:00Z,crm,1\n"),
                    HEAD / PIECE / 4, HEAD / PIECE * 2);
    assert_in_range(
        pieces("time,service,value\n", "2026-03-14T14:00:00Z,\"a\nb \"\"c\"\"\",1\n"),
        HEAD / PIECE / 4, HEAD / PIECE * 2);
    assert_in_range(pieces("", "10.0.0.1 - - [14/Mar/2026:14:00:00 +0000] \"GET / "
                               "HTTP/1.1\" 200 5\n"),
                    HEAD / PIECE / 4, HEAD / PIECE * 2);
}

static void no_cut_parts_a_record(void **state)
{
    (void)state;
    assert_in_range(pieces("", "2026-03-14 14:00:00,123 ERROR [x] failed\n"
                               "\tat a.b.C(C.java:1)\n\tat a.b.D(D.java:2)\n"),
                    HEAD / PIECE / 4, HEAD / PIECE * 2);
    assert_int_equal(pieces("", "2026-03-14T14:00:00Z stdout P one \n"), 1);
    assert_int_equal(pieces("", "{\"log\":\"x\\n\",\"stream\":\"stdout\",\"time\":"
                                "\"2026-03-14T14:00:00Z\"}\n"),
                     1);
}

static void what_depends_on_what_stands_above_it_is_not_cut(void **state)
{
    (void)state;
    assert_int_equal(pieces("[", "{\"a\":1},\n"), 1);
    assert_int_equal(
        pieces("#Fields: date time s-sitename\n", "2026-03-14 14:00:00 site\n"), 1);
    assert_in_range(pieces("time,service,value\n2026-03-14T14:00:00Z,crm,1\n\n"
                           "time,queue,waiting\n",
                           "2026-03-14T14:00:00Z,q,1\n"),
                    1, 2);
}

/* The places of events, whatever the pieces. */
static void events_know_their_line(void **state)
{
    (void)state;
    struct ko_buf text;
    struct ko_arena arena = {0};
    struct ko_ledger ledger;
    size_t events = 0;
    const struct ko_sink sink = {count_event, &events};
    const struct ko_read_options opt = {.piece_bytes = 1};
    repeat(&text, "", "{\"ts\":\"2026-03-14T14:00:00Z\",\"msg\":\"x\"}\nnonsense\n\n");
    assert_int_equal(ko_ledger_init(&ledger, &arena, KO_STR("x")), KO_OK);
    assert_int_equal(
        ko_read_bytes(ko_buf_str(&text), KO_STR("x"), &opt, &ledger, &sink, NULL), KO_OK);
    assert_true(ko_ledger_check(&ledger));
    assert_int_equal(ledger.bytes, text.n);
    assert_int_equal(ledger.lines, events * 3);
    assert_int_equal(ledger.lines_rejected, events);
    assert_int_equal(ledger.samples.v[4].line, 14);
    ko_arena_release(&arena);
    ko_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_of_lines_and_rows_are_cut),
        cmocka_unit_test(no_cut_parts_a_record),
        cmocka_unit_test(what_depends_on_what_stands_above_it_is_not_cut),
        cmocka_unit_test(events_know_their_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
