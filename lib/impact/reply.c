/* reply.c: building an answer record line by line. */
#include "impact/reply.h"

#include "base/num.h"
#include "event/time.h"

#include <math.h>

/* More than any answer has; a name in it may be long. */
enum { LINE_MAX_BYTES = 1 << 16 };
/* Longer times stay numbers: 30 years, far inside what ko_dur holds. */
static const double DUR_MAX_NS = 1e18;

static void fail(struct ko_reply *r, enum ko_status st)
{
    if (r->status == KO_OK)
        r->status = st;
}

void ko_reply_init(struct ko_reply *r, struct ko_case *c, const char *question)
{
    *r = (struct ko_reply){.c = c, .status = KO_OK};
    ko_buf_init(&r->line, LINE_MAX_BYTES);
    r->answer.question = ko_str(question);
}

void ko_reply_release(struct ko_reply *r)
{
    ko_buf_release(&r->line);
}

void ko_reply_end(struct ko_reply *r)
{
    if (r->line.status != KO_OK)
        fail(r, r->line.status);
    if (r->line.n == 0)
        return;
    if (r->answer.text.n == 0)
        fail(r, ko_str_copy(&r->c->arena, ko_buf_str(&r->line), &r->answer.text));
    else
        fail(r, ko_case_add_str(r->c, &r->answer.more, ko_buf_str(&r->line)));
    ko_buf_reset(&r->line);
}

void ko_reply_say(struct ko_reply *r, const char *z)
{
    ko_buf_puts(&r->line, z);
    ko_reply_end(r);
}

void ko_reply_cite(struct ko_reply *r, struct ko_str id)
{
    for (size_t i = 0; i < r->answer.evidence.n; i++) {
        if (ko_str_eq(r->answer.evidence.v[i], id))
            return;
    }
    if (id.n > 0)
        fail(r, ko_case_add_str(r->c, &r->answer.evidence, id));
}

void ko_reply_verdict(struct ko_reply *r, struct ko_str verdict)
{
    r->answer.verdict = verdict;
}

enum ko_status ko_reply_finish(struct ko_reply *r)
{
    ko_reply_end(r);
    struct ko_answer *a = ko_case_add(r->c, "answer");
    if (a == NULL)
        fail(r, KO_ENOMEM);
    if (r->status != KO_OK)
        return r->status;
    *a = r->answer;
    return KO_OK;
}

enum ko_status ko_say_keep(struct ko_case *c, struct ko_buf *b, struct ko_str *ret)
{
    enum ko_status st = b->status;
    if (st == KO_OK)
        st = ko_str_copy(&c->arena, ko_buf_str(b), ret);
    ko_buf_reset(b);
    return st;
}

/* ns in one ${unit} of time; 0 for any other unit. */
static double time_unit(struct ko_str unit)
{
    static const struct {
        struct ko_str name;
        double ns;
    } units[] = {
        {KO_STR_INIT("s"), 1e9}, {KO_STR_INIT("ms"), 1e6}, {KO_STR_INIT("us"), 1e3}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (ko_str_eq(unit, units[i].name))
            return units[i].ns;
    }
    return 0;
}

void ko_say_amount(struct ko_buf *b, double x, struct ko_str unit)
{
    double ns = x * time_unit(unit);
    bool tiny = x != 0 && fabs(x) < 0.1;
    if (!isfinite(x)) {
        ko_buf_puts(b, "unknown");
    } else if (x == 0 && !ko_str_eq(unit, KO_STR("ratio"))) {
        ko_buf_putc(b, '0');
    } else if (ko_str_eq(unit, KO_STR("ratio"))) {
        ko_buf_printf(b, "%.*f%%", tiny ? 1 : 0, x * 100);
    } else if (ns != 0 && fabs(ns) < DUR_MAX_NS) {
        ko_time_put_dur(b, (ko_dur)llround(ns));
    } else {
        ko_num_human(b, x);
        if (unit.n > 0 && !ko_str_eq(unit, KO_STR("1")))
            ko_buf_printf(b, " %.*s", KO_ARG(unit));
    }
}

enum ko_status ko_say_failing(struct ko_case *c, uint32_t entity, struct ko_str text,
                              double before, double after, struct ko_str *ret)
{
    struct ko_evidence *e;
    enum ko_status st = ko_case_add_evidence(c, KO_STAGE_BLAME, &e);
    if (st != KO_OK)
        return st;
    e->kind = KO_STR("group");
    e->entity = entity;
    e->signal = KO_STR("failed interactions");
    e->unit = KO_STR("ratio");
    e->text = text;
    e->before = before;
    e->after = after;
    *ret = e->id;
    return KO_OK;
}

enum ko_status ko_say_unknown(struct ko_case *c, struct ko_str what, struct ko_str needs)
{
    struct ko_str what_copy, needs_copy;
    enum ko_status st = ko_str_copy(&c->arena, what, &what_copy);
    if (st == KO_OK)
        st = ko_str_copy(&c->arena, needs, &needs_copy);
    if (st != KO_OK)
        return st;
    struct ko_unknown *u = ko_case_add(c, "unknown");
    if (u == NULL)
        return KO_ENOMEM;
    u->by = KO_STAGE_BLAME;
    u->what = what_copy;
    u->needs = needs_copy;
    return KO_OK;
}
