/* piece_ledger.c: what was read of each export, what not, and why. */
#include "base/num.h"
#include "show/doc_text.h"
#include "show/facts.h"
#include "show/show.h"

static void put_totals(struct ko_doc *d)
{
    int64_t lines = 0, accepted = 0, rejected = 0;
    for (size_t i = 0; i < d->c->accounts.n; i++) {
        lines += d->c->accounts.v[i].lines;
        accepted += d->c->accounts.v[i].accepted;
        rejected += d->c->accounts.v[i].rejected;
    }
    struct ko_buf *text = ko_doc_begin_text(d);
    ko_buf_printf(text, "%zu exports, ", d->c->accounts.n);
    ko_num_human(text, (double)lines);
    ko_buf_puts(text, " lines: ");
    ko_num_human(text, (double)accepted);
    ko_buf_printf(text, " used, %lld rejected", (long long)rejected);
    ko_doc_paragraph(d);
}

static void put_samples(struct ko_doc *d)
{
    for (size_t i = 0; i < d->c->accounts.n; i++) {
        if (d->c->accounts.v[i].samples.n)
            d->ops->list(d, &d->c->accounts.v[i].samples);
    }
}

void ko_show_ledger(const struct ko_case *c, const struct ko_show_options *opt,
                    struct ko_buf *out)
{
    struct ko_doc_text d;
    ko_doc_text_init(&d, c, opt, out);
    ko_facts_ledger(&d.doc);
    put_samples(&d.doc);
    put_totals(&d.doc);
    ko_doc_text_release(&d);
}
