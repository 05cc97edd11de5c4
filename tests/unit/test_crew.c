#include "unit.h"

#include "base/crew.h"

enum { PIECES = 3000 };

/* Pieces are their own numbers; which of them fails, and where. */
struct run {
    size_t claimed, settled, dropped;
    size_t numbers[PIECES];
    bool worked[PIECES];
    size_t bad_claim, bad_work, bad_settle;
};

static enum ko_status claim(void *ctx, size_t worker, void **ret)
{
    struct run *r = ctx;
    (void)worker;
    if (r->claimed == r->bad_claim)
        return KO_ENOMEM;
    if (r->claimed == PIECES)
        return KO_END;
    r->numbers[r->claimed] = r->claimed;
    *ret = &r->numbers[r->claimed++];
    return KO_OK;
}

/* Some take longer than those behind them. */
static enum ko_status work(void *ctx, size_t worker, void *piece)
{
    struct run *r = ctx;
    size_t n = *(size_t *)piece;
    (void)worker;
    for (volatile size_t i = 0; i < (n % 7 == 0 ? 20000U : 10U); i++)
        ;
    r->worked[n] = true;
    return n == r->bad_work ? KO_ERANGE : KO_OK;
}

static enum ko_status settle(void *ctx, size_t worker, void *piece)
{
    struct run *r = ctx;
    (void)worker;
    assert_int_equal(*(size_t *)piece, r->settled);
    assert_true(r->worked[r->settled]);
    return r->settled++ == r->bad_settle ? KO_EIO : KO_OK;
}

static void drop(void *ctx, void *piece)
{
    ((struct run *)ctx)->dropped += piece != NULL ? 1U : 0U;
}

static enum ko_status run(struct run *r, size_t workers)
{
    const struct ko_crew_job job = {r, claim, work, settle, drop};
    r->claimed = r->settled = r->dropped = 0;
    memset(r->worked, 0, sizeof r->worked);
    return ko_crew_run(&job, workers);
}

static const struct run sound = {
    .bad_claim = SIZE_MAX, .bad_work = SIZE_MAX, .bad_settle = SIZE_MAX};

static void all_pieces_are_settled_in_order(void **state)
{
    (void)state;
    static struct run r;
    for (size_t workers = 0; workers < 9; workers++) {
        r = sound;
        assert_int_equal(run(&r, workers), KO_OK);
        assert_int_equal(r.settled, PIECES);
    }
}

static void the_first_failure_in_order_is_told_and_nothing_behind_it_settled(void **state)
{
    (void)state;
    static struct run r;
    for (size_t workers = 1; workers < 5; workers++) {
        r = sound;
        r.bad_work = 1500;
        r.bad_settle = 1600;
        r.bad_claim = 2000;
        assert_int_equal(run(&r, workers), KO_ERANGE);
        assert_int_equal(r.settled, 1500);
        assert_int_equal(r.settled + r.dropped, r.claimed);
        r.bad_settle = 1400;
        assert_int_equal(run(&r, workers), KO_EIO);
        assert_int_equal(r.settled, 1401);
        r.bad_claim = 10;
        assert_int_equal(run(&r, workers), KO_ENOMEM);
        assert_int_equal(r.settled, 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_pieces_are_settled_in_order),
        cmocka_unit_test(
            the_first_failure_in_order_is_told_and_nothing_behind_it_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
