/* check_put.c: what a check after the fix found, as lines for people. */
#include "recover/check.h"
#include "show/escape.h"

static const char *const states[] = {"not back", "maturing", "not known", "back"};
enum { STATES = sizeof states / sizeof *states };

static size_t count(const struct ko_case *c, const char *state)
{
    size_t n = 0;
    for (size_t i = 0; i < c->recoveries.n; i++)
        n += ko_str_eq(c->recoveries.v[i].state, ko_str(state));
    return n;
}

static void put_state(const struct ko_case *c, const char *state, struct ko_buf *out)
{
    for (size_t i = 0; i < c->recoveries.n; i++) {
        const struct ko_recovery *r = &c->recoveries.v[i];
        if (!ko_str_eq(r->state, ko_str(state)))
            continue;
        ko_buf_printf(out, "%-10s", state);
        ko_escape_term(out, r->text, false);
        ko_buf_putc(out, '\n');
    }
}

void ko_check_put(const struct ko_case *c, struct ko_buf *out)
{
    size_t all = 0;
    for (size_t i = 0; i < STATES; i++)
        all += count(c, states[i]);
    if (all == 0) {
        ko_buf_puts(out, "nothing left its baseline in this case: nothing to check\n");
        return;
    }
    ko_buf_printf(out, "%zu of %zu signals are back to normal, %zu are not\n",
                  count(c, "back"), all, count(c, "not back"));
    for (size_t i = 0; i < STATES; i++)
        put_state(c, states[i], out);
}
