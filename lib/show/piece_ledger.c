/* piece_ledger.c: what was read of each export, what not, and why. */
#include "base/num.h"
#include "show/scratch.h"
#include "show/screen.h"
#include "show/show.h"
#include "show/warning.h"
#include "show/words.h"

enum { INDENT = 2, FILE_COLUMNS = 28, FORMAT_COLUMNS = 14, TEXT_BYTES = 1 << 16 };

struct page {
    const struct ko_case *c;
    struct ko_screen s;
    struct ko_buf text;
};

static void flush(struct page *p, size_t indent)
{
    ko_screen_blank(&p->s, indent);
    ko_screen_flow(&p->s, ko_buf_str(&p->text),
                   &(struct ko_flow){indent, indent + 2, 0, 0});
    ko_screen_end_line(&p->s);
    ko_scratch_clear(&p->text, p->s.out);
}

static void put_counts(struct page *p, const struct ko_account *a)
{
    ko_screen_cell(&p->s, a->file, FILE_COLUMNS);
    ko_screen_blank(&p->s, 1);
    ko_screen_cell(&p->s, a->format, FORMAT_COLUMNS);
    ko_buf_printf(&p->text, "%lld lines, %lld used, %lld rejected", (long long)a->lines,
                  (long long)a->accepted, (long long)a->rejected);
    ko_screen_blank(&p->s, 1);
    ko_screen_put(&p->s, ko_buf_str(&p->text));
    ko_screen_end_line(&p->s);
    ko_scratch_clear(&p->text, p->s.out);
}

static void put_reading(struct page *p, const struct ko_account *a)
{
    if (a->first != KO_TIME_NONE) {
        ko_words_stamp(&p->text, a->first);
        ko_buf_puts(&p->text, " to ");
        ko_words_stamp(&p->text, a->last);
        ko_buf_puts(&p->text, "; ");
    }
    ko_buf_printf(&p->text, "zone %.*s",
                  KO_ARG(a->zone.n ? a->zone : KO_STR("not needed")));
    if (a->outside > 0)
        ko_buf_printf(&p->text, "; %lld outside the window", (long long)a->outside);
    if (a->duplicates > 0)
        ko_buf_printf(&p->text, "; %lld delivered twice", (long long)a->duplicates);
    flush(p, INDENT);
    if (a->why.n) {
        ko_buf_printf(&p->text, "read so because: %.*s", KO_ARG(a->why));
        flush(p, INDENT);
    }
}

static void put_warnings(struct page *p, const ko_warnings *list, struct ko_str file)
{
    for (size_t i = 0; i < list->n; i++) {
        if (!ko_str_eq(list->v[i].file, file))
            continue;
        ko_buf_puts(&p->text, "! ");
        ko_buf_put(&p->text, list->v[i].text);
        ko_screen_ink(&p->s, KO_INK_YELLOW);
        flush(p, INDENT);
        ko_screen_ink(&p->s, KO_INK_PLAIN);
    }
}

static void put_account(struct page *p, const struct ko_account *a,
                        const ko_warnings *list)
{
    put_counts(p, a);
    put_reading(p, a);
    put_warnings(p, list, a->file);
    for (size_t i = 0; i < a->samples.n; i++) {
        ko_buf_put(&p->text, a->samples.v[i]);
        flush(p, INDENT + 2);
    }
}

static void put_totals(struct page *p)
{
    int64_t lines = 0, accepted = 0, rejected = 0;
    for (size_t i = 0; i < p->c->accounts.n; i++) {
        lines += p->c->accounts.v[i].lines;
        accepted += p->c->accounts.v[i].accepted;
        rejected += p->c->accounts.v[i].rejected;
    }
    ko_buf_printf(&p->text, "%zu export%s: %lld lines, %lld used, %lld rejected",
                  p->c->accounts.n, p->c->accounts.n == 1 ? "" : "s", (long long)lines,
                  (long long)accepted, (long long)rejected);
    flush(p, 0);
}

void ko_show_ledger(const struct ko_case *c, const struct ko_show_options *opt,
                    struct ko_buf *out)
{
    struct page p = {.c = c};
    struct ko_arena arena = {0};
    ko_warnings list = {0};
    ko_screen_init(&p.s, opt, out);
    ko_buf_init(&p.text, TEXT_BYTES);
    if (ko_warning_list(c, &arena, &list) != KO_OK)
        out->status = KO_ENOMEM;
    put_warnings(&p, &list, KO_STR(""));
    for (size_t i = 0; i < c->accounts.n; i++)
        put_account(&p, &c->accounts.v[i], &list);
    put_totals(&p);
    ko_scratch_end(&p.text, out);
    ko_screen_release(&p.s);
    ko_arena_release(&arena);
}
