/* export_aftermath.c: payments, cases, callbacks and answers of bots as tables. */
#include "drill/aftermath.h"
#include "drill/export_csv.h"

#include <math.h>

static void put_time(struct ko_buf *b, double at_s)
{
    ko_buf_putc(b, ',');
    if (!isnan(at_s))
        ko_time_put(b, ko_drill_time(at_s));
}

static void put_customer(struct ko_buf *b, uint64_t customer)
{
    ko_buf_printf(b, ",c-%04llu", (unsigned long long)customer);
}

typedef void put_fn(const struct ko_drill *d, const struct ko_aftermath *x,
                    struct ko_buf *out);

static void put(const struct ko_drill *d, put_fn *put_rows, struct ko_buf *out)
{
    struct ko_aftermath x;
    if (ko_aftermath_make(d, &x) != KO_OK)
        out->status = KO_ENOMEM;
    put_rows(d, &x, out);
    ko_aftermath_release(&x);
}

static void put_payments(const struct ko_drill *d, const struct ko_aftermath *x,
                         struct ko_buf *out)
{
    static const char *const words[] = {"succeeded", "failed", "pending"};
    (void)d;
    if (x->payments.n > 0)
        ko_buf_puts(out, "payment_id,time,customer_id,order_id,amount,status,attempt,"
                         "region\n");
    for (size_t i = 0; i < x->payments.n; i++) {
        const struct ko_payment *p = &x->payments.v[i];
        ko_buf_printf(out, "p-%06llu", (unsigned long long)p->id);
        put_time(out, p->at_s);
        put_customer(out, p->customer);
        ko_buf_printf(out, ",o-%06llu,%u.%02u,%s,%u,%s\n", (unsigned long long)p->order,
                      p->cents / 100, p->cents % 100, words[p->status], p->attempt,
                      ko_region_names[p->region]);
    }
}

static void put_cases(const struct ko_drill *d, const struct ko_aftermath *x,
                      struct ko_buf *out)
{
    (void)d;
    if (x->cases.n > 0)
        ko_buf_puts(out, "case_id,opened_at,closed_at,customer_id,kind,subject,status\n");
    for (size_t i = 0; i < x->cases.n; i++) {
        const struct ko_case_file *f = &x->cases.v[i];
        ko_buf_printf(out, "case-%05llu", (unsigned long long)f->id);
        put_time(out, f->opened_s);
        put_time(out, f->closed_s);
        put_customer(out, f->customer);
        ko_buf_printf(out, ",%s,%s,%s\n", f->complaint ? "complaint" : "question",
                      f->subject, isnan(f->closed_s) ? "open" : "closed");
    }
}

static void put_callbacks(const struct ko_drill *d, const struct ko_aftermath *x,
                          struct ko_buf *out)
{
    if (x->callbacks.n > 0)
        ko_buf_puts(out, "callback_id,requested_at,due_at,completed_at,customer_id,"
                         "queue,status\n");
    for (size_t i = 0; i < x->callbacks.n; i++) {
        const struct ko_callback *c = &x->callbacks.v[i];
        bool due = c->due_s < d->opt.duration_s;
        ko_buf_printf(out, "cb-%05llu", (unsigned long long)c->id);
        put_time(out, c->requested_s);
        put_time(out, c->due_s);
        put_time(out, c->done_s);
        put_customer(out, c->customer);
        ko_buf_printf(out, ",%.*s,%s\n", KO_ARG(d->platform.nodes.v[c->queue].name),
                      !isnan(c->done_s) ? "completed"
                      : due             ? "missed"
                                        : "scheduled");
    }
}

static void put_answers(const struct ko_drill *d, const struct ko_aftermath *x,
                        struct ko_buf *out)
{
    (void)d;
    if (x->answers.n > 0)
        ko_buf_puts(out, "answer_id,time,session_id,customer_id,intent,data_as_of,"
                         "stale\n");
    for (size_t i = 0; i < x->answers.n; i++) {
        const struct ko_bot_answer *a = &x->answers.v[i];
        ko_buf_printf(out, "a-%06llu", (unsigned long long)a->id);
        put_time(out, a->at_s);
        ko_buf_printf(out, ",s-%06llu", (unsigned long long)a->id);
        put_customer(out, a->customer);
        ko_buf_printf(out, ",%s", a->intent);
        put_time(out, a->data_s);
        ko_buf_printf(out, ",%s\n", a->stale ? "yes" : "no");
    }
}

void ko_drill_put_payments(const struct ko_drill *d, struct ko_buf *out)
{
    put(d, put_payments, out);
}

void ko_drill_put_cases(const struct ko_drill *d, struct ko_buf *out)
{
    put(d, put_cases, out);
}

void ko_drill_put_callbacks(const struct ko_drill *d, struct ko_buf *out)
{
    put(d, put_callbacks, out);
}

void ko_drill_put_answers(const struct ko_drill *d, struct ko_buf *out)
{
    put(d, put_answers, out);
}
