/* words.c: the findings' numbers, times and names in words. */
#include "show/words.h"

#include "base/num.h"
#include "show/scratch.h"

#include <math.h>

/* Seconds beyond this are no duration of an incident; they are printed as a number. */
static const double DUR_MAX_S = 1e8;

/* 0 for a unit that is no time. */
static double seconds_per(struct ko_str unit)
{
    if (ko_str_eq(unit, KO_STR("s")))
        return 1;
    return ko_str_eq(unit, KO_STR("ms")) ? 1e-3 : 0;
}

void ko_words_number(struct ko_buf *out, double x, struct ko_str unit)
{
    if (!isfinite(x)) {
        ko_buf_puts(out, "unknown");
    } else if (seconds_per(unit) > 0 && x != 0 && fabs(x) < DUR_MAX_S) {
        ko_time_put_dur(out, (ko_dur)llround(x * seconds_per(unit) * 1e9));
    } else if (ko_str_eq(unit, KO_STR("ratio"))) {
        ko_num_human(out, x * 100);
        ko_buf_puts(out, " %");
    } else {
        ko_num_human(out, x);
        if (unit.n && !ko_str_eq(unit, KO_STR("1"))) {
            ko_buf_puts(out, unit.p[0] == '/' ? "" : " ");
            ko_buf_put(out, unit);
        }
    }
}

void ko_words_clock(struct ko_buf *out, ko_time t)
{
    if (t == KO_TIME_NONE)
        ko_buf_puts(out, "unknown");
    else
        ko_time_put_clock(out, t);
}

/* The first ${n} bytes behind ${skip} of what ${put} writes for ${t}. */
static void put_part(struct ko_buf *out, ko_time t, void (*put)(struct ko_buf *, ko_time),
                     size_t skip, size_t n)
{
    struct ko_buf whole;
    ko_buf_init(&whole, 64);
    put(&whole, t);
    ko_buf_put(out, ko_str_sub(ko_buf_str(&whole), skip, n));
    ko_scratch_end(&whole, out);
}

void ko_words_minute(struct ko_buf *out, ko_time t)
{
    put_part(out, t, ko_time_put_clock, 0, 5);
}

void ko_words_day(struct ko_buf *out, ko_time t)
{
    put_part(out, t, ko_time_put, 0, 10);
}

void ko_words_stamp(struct ko_buf *out, ko_time t)
{
    if (t == KO_TIME_NONE) {
        ko_buf_puts(out, "unknown");
        return;
    }
    ko_words_day(out, t);
    ko_buf_putc(out, ' ');
    ko_time_put_clock(out, t);
    ko_buf_putc(out, 'Z');
}

void ko_words_spread(struct ko_buf *out, ko_time t, ko_time lo, ko_time hi)
{
    if (t == KO_TIME_NONE || lo == KO_TIME_NONE || hi == KO_TIME_NONE)
        return;
    ko_dur before = t - lo, after = hi - t;
    ko_dur half = before > after ? before : after;
    if (half <= 0)
        return;
    ko_buf_puts(out, " ±");
    ko_time_put_dur(out, half);
}

void ko_words_lag(struct ko_buf *out, ko_dur d)
{
    if (d == 0) {
        ko_buf_puts(out, "0 s");
        return;
    }
    if (d > 0)
        ko_buf_putc(out, '+');
    ko_time_put_dur(out, d);
}

ko_time ko_words_case_end(const struct ko_case *c)
{
    return ko_case_time(c, c->head.buckets);
}

void ko_words_window(struct ko_buf *out, const struct ko_case *c)
{
    ko_time from = c->head.from, to;
    if (from == KO_TIME_NONE || c->head.step <= 0 || c->head.buckets <= 0) {
        ko_buf_puts(out, "window unknown");
        return;
    }
    to = ko_words_case_end(c);
    ko_words_day(out, from);
    ko_buf_putc(out, ' ');
    ko_words_minute(out, from);
    ko_buf_putc(out, '-');
    if (ko_time_floor(from, KO_DAY) != ko_time_floor(to, KO_DAY)) {
        ko_words_day(out, to);
        ko_buf_putc(out, ' ');
    }
    ko_words_minute(out, to);
    ko_buf_putc(out, 'Z');
}

struct mechanism {
    struct ko_str name, words, brief;
};

#define MECHANISM(name, words, brief)                                                    \
    {                                                                                    \
        KO_STR_INIT(name), KO_STR_INIT(words), KO_STR_INIT(brief)                        \
    }
static const struct mechanism mechanisms[] = {
    MECHANISM("slow-dependency", "slow dependency", "slow"),
    MECHANISM("error-propagation", "errors passed on", "errors"),
    MECHANISM("retry-amplification", "retries", "retries"),
    MECHANISM("queue-pressure", "queue pressure", "queue"),
    MECHANISM("channel-shift", "channel shift", "shift"),
    MECHANISM("lost-context", "lost context", "context"),
    MECHANISM("saturation", "saturation", "saturation"),
    MECHANISM("stale-data", "stale data", "stale"),
    MECHANISM("unknown", "unknown", "unknown"),
};

static const struct mechanism *find_mechanism(struct ko_str name)
{
    for (size_t i = 0; i < sizeof mechanisms / sizeof mechanisms[0]; i++) {
        if (ko_str_eq(mechanisms[i].name, name))
            return &mechanisms[i];
    }
    return NULL;
}

struct ko_str ko_words_mechanism(struct ko_str name)
{
    const struct mechanism *m = find_mechanism(name);
    return m != NULL ? m->words : name.n ? name : KO_STR("unknown");
}

struct ko_str ko_words_mechanism_short(struct ko_str name)
{
    const struct mechanism *m = find_mechanism(name);
    return m != NULL ? m->brief : KO_STR("other");
}

void ko_words_join(struct ko_buf *out, const ko_strs *list, const char *separator,
                   size_t max)
{
    for (size_t i = 0; i < list->n && i < max; i++) {
        if (i)
            ko_buf_puts(out, separator);
        ko_buf_put(out, list->v[i]);
    }
    if (list->n > max)
        ko_buf_printf(out, "%s+%zu", separator, list->n - max);
}
