/* notice.c: the one sentence for customers. */
#include "impact/notice.h"

#include "event/time.h"
#include "impact/journeys.h"
#include "impact/window.h"

enum { NAMES_MAX_BYTES = 1024, CLOCK_MAX_BYTES = 64 };

/* The worst of the steps of ${j}. */
static enum ko_step_state worst_of(const struct ko_case *c, const struct ko_journey *j)
{
    enum ko_step_state worst = KO_STEP_NO_DATA;
    for (size_t i = 0; i < j->steps.n; i++) {
        struct ko_step_view view;
        ko_journey_view(c, j->steps.v[i].entity, &view);
        worst = view.state > worst ? view.state : worst;
    }
    return worst;
}

/* "pay-bill and move-house".  Returns: the worst state over them. */
static enum ko_step_state say_journeys(struct ko_buf *b, const struct ko_case *c)
{
    enum ko_step_state worst = KO_STEP_NO_DATA;
    size_t hurt = 0, said = 0;
    for (size_t i = 0; i < c->journeys.n; i++)
        hurt += worst_of(c, &c->journeys.v[i]) > KO_STEP_FINE;
    for (size_t i = 0; i < c->journeys.n; i++) {
        enum ko_step_state state = worst_of(c, &c->journeys.v[i]);
        if (state <= KO_STEP_FINE)
            continue;
        worst = state > worst ? state : worst;
        ko_buf_puts(b, said == 0 ? "" : said + 1 == hurt ? " and " : ", ");
        ko_buf_put(b, c->journeys.v[i].name);
        said++;
    }
    return worst;
}

/* Where customers can tell that they are meant: " in eu-west". */
static void say_place(struct ko_buf *b, const struct ko_case *c)
{
    static const struct {
        const char *dim, *before;
    } places[] = {{"region", " in "}, {"channel", " by "}, {"segment", " for "}};
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        for (size_t i = 0; i < c->impacts.n; i++) {
            const struct ko_impact *m = &c->impacts.v[i];
            if (!ko_str_eq(m->measure, KO_STR("confined")) || m->value.n == 0 ||
                !ko_str_eq(m->dim, ko_str(places[k].dim)))
                continue;
            ko_buf_puts(b, places[k].before);
            ko_buf_put(b, m->value);
        }
    }
}

static bool demand_followed(const struct ko_case *c)
{
    for (size_t i = 0; i < c->impacts.n; i++) {
        const struct ko_impact *m = &c->impacts.v[i];
        if (ko_str_eq(m->measure, KO_STR("demand")) &&
            (ko_str_eq(m->value, KO_STR("retries")) ||
             ko_str_eq(m->value, KO_STR("contacts"))))
            return true;
    }
    return false;
}

static void say_minute(struct ko_buf *b, ko_time t)
{
    struct ko_buf clock;
    ko_buf_init(&clock, CLOCK_MAX_BYTES);
    ko_time_put_clock(&clock, t);
    ko_buf_put(b, ko_str_sub(ko_buf_str(&clock), 0, 5));
    ko_buf_release(&clock);
}

static void say_when(struct ko_buf *b, const struct ko_window *w, bool over)
{
    ko_buf_puts(b, over ? "From " : "Since ");
    say_minute(b, w->start);
    if (over) {
        ko_buf_puts(b, " to ");
        say_minute(b, w->end);
    }
    ko_buf_puts(b, " UTC ");
}

static void say_end(struct ko_buf *b, const struct ko_case *c, bool over)
{
    if (over)
        ko_buf_puts(b, "; it works again.");
    else if (demand_followed(c))
        ko_buf_puts(b, "; we are on it, and trying again makes it slower.");
    else
        ko_buf_puts(b, "; we are on it.");
}

bool ko_notice_say(struct ko_buf *b, const struct ko_case *c)
{
    struct ko_window w;
    struct ko_buf names;
    if (!ko_window_find(c, &w))
        return false;
    bool over = w.end != KO_TIME_NONE;
    ko_buf_init(&names, NAMES_MAX_BYTES);
    enum ko_step_state worst = say_journeys(&names, c);
    bool known = worst > KO_STEP_FINE && names.status == KO_OK;
    if (known) {
        say_when(b, &w, over);
        ko_buf_put(b, ko_buf_str(&names));
        ko_buf_puts(b, over ? " was slow" : " is slow");
        if (worst == KO_STEP_BROKEN)
            ko_buf_puts(b, over ? " or failed" : " or fails");
        say_place(b, c);
        say_end(b, c, over);
    }
    ko_buf_release(&names);
    return known;
}
