/* tell.c: findings of the spread as evidence records, in words with their numbers. */
#include "spread/tell.h"

#include "base/num.h"

#include <math.h>

/* A message is quoted up to here. */
enum { QUOTE_BYTES = 120 };
/* Under so many a minute a rate is told by the hour. */
static const double SLOW_RATE = 0.1;

static bool is_sum(const struct ko_subject *s)
{
    return s->tpl != NULL || (s->event > 0 && ko_str_eq(s->series->stat, KO_STR("sum")));
}

/* "0 → 5.2 a minute", "0.045 → 4.98 s" */
static void put_levels(struct ko_buf *b, const struct ko_case *c,
                       const struct ko_subject *s, const struct ko_onset *o)
{
    double scale = 1;
    struct ko_str unit = s->series != NULL ? s->series->unit : KO_STR("");
    if (is_sum(s)) {
        scale = (double)KO_MINUTE / (double)c->head.step;
        bool slow = scale * fmax(o->before, o->after) < SLOW_RATE;
        scale *= slow ? 60 : 1;
        unit = slow ? KO_STR("an hour") : KO_STR("a minute");
    }
    ko_num_human(b, o->before * scale);
    ko_buf_puts(b, " \xe2\x86\x92 ");
    ko_num_human(b, o->after * scale);
    if (unit.n > 0 && !ko_str_eq(unit, KO_STR("1"))) {
        ko_buf_putc(b, ' ');
        ko_buf_put(b, unit);
    }
}

static struct ko_str quoted(struct ko_str text)
{
    struct ko_str s = ko_str_sub(text, 0, QUOTE_BYTES);
    while (s.n < text.n && s.n > 0 && ((unsigned char)text.p[s.n] & 0xC0) == 0x80)
        s.n--;
    return s;
}

static void put_template(struct ko_buf *b, const struct ko_case *c,
                         const struct ko_subject *s, const struct ko_onset *o)
{
    bool fresh = o->rise && s->tpl->first >= o->lo;
    ko_buf_puts(b, fresh ? "new message \"" : "message \"");
    ko_buf_put(b, quoted(s->tpl->text));
    ko_buf_puts(b, s->tpl->text.n > QUOTE_BYTES ? "…\" " : "\" ");
    if (fresh)
        ko_buf_printf(b, "%lld records, ", (long long)s->tpl->count);
    put_levels(b, c, s, o);
}

static void put_signal(struct ko_buf *b, const struct ko_case *c,
                       const struct ko_subject *s, const struct ko_onset *o)
{
    ko_buf_put(b, s->signal);
    ko_buf_putc(b, ' ');
    put_levels(b, c, s, o);
    if (s->caller != KO_NO_ENTITY) {
        ko_buf_puts(b, ", seen by ");
        ko_buf_put(b, ko_case_name(c, s->caller));
    }
}

static void put_when(struct ko_buf *b, const struct ko_onset *o)
{
    ko_buf_puts(b, " from ");
    ko_time_put_clock(b, o->time);
    ko_dur wide = (o->hi - o->lo) / 2;
    if (wide > KO_SECOND) {
        ko_buf_puts(b, " \xc2\xb1 ");
        ko_time_put_dur(b, wide);
    }
    if (o->end != KO_TIME_NONE) {
        ko_buf_puts(b, " to ");
        ko_time_put_clock(b, o->end);
    }
}

static enum ko_status record(struct ko_case *c, struct ko_onset *o, struct ko_str unit,
                             struct ko_buf *text, struct ko_str row)
{
    struct ko_evidence *e;
    enum ko_status st = ko_case_tell(c, KO_STAGE_CORRELATE, text, &e);
    if (st != KO_OK)
        return st;
    e->kind = o->kind;
    e->entity = o->entity;
    e->caller = o->caller;
    e->signal = o->signal;
    e->unit = unit;
    e->time = o->time;
    e->lo = o->lo;
    e->hi = o->hi;
    e->before = o->before;
    e->after = o->after;
    e->score = o->score;
    o->evidence = e->id;
    return row.n > 0 ? ko_case_add_str(c, &e->rows, row) : KO_OK;
}

enum ko_status ko_tell_onset(struct ko_case *c, const struct ko_subject *subject,
                             struct ko_onset *o)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    if (subject->tpl != NULL)
        put_template(&b, c, subject, o);
    else
        put_signal(&b, c, subject, o);
    put_when(&b, o);
    bool own_unit = subject->series != NULL;
    return record(c, o, own_unit ? subject->series->unit : KO_STR("1"), &b,
                  own_unit ? subject->series->source : subject->tpl->row);
}

enum ko_status ko_tell_silence(struct ko_case *c, struct ko_onset *o, bool records)
{
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    ko_buf_puts(&b, records ? "no record" : "no sample");
    put_when(&b, o);
    if (records) {
        ko_buf_puts(&b, "; before ");
        ko_num_human(&b, o->before * (double)KO_MINUTE / (double)c->head.step);
        ko_buf_puts(&b, " a minute");
    }
    return record(c, o, KO_STR("1"), &b, KO_STR(""));
}
