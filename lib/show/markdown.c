/* markdown.c: the draft of a postmortem. */
#include "show/markdown.h"

#include "show/doc_md.h"
#include "show/escape.h"
#include "show/facts.h"
#include "show/title.h"
#include "show/warning.h"
#include "show/words.h"

#define H2(d, title) (d)->ops->heading((d), 2, "", (title))
#define ASK(d, text) (d)->ops->question((d), (text))

static void put_title(struct ko_doc *d)
{
    ko_title_put(ko_doc_begin_text(d), d->c);
    ko_buf_puts(d->out, "# ");
    ko_escape_md(d->out, ko_buf_str(&d->text));
    ko_buf_puts(d->out, "\n\n**Draft, computed.** ");
    struct ko_buf *text = ko_doc_begin_text(d);
    ko_words_window(text, d->c);
    ko_buf_printf(text, ", from %zu export%s. Times are UTC.", d->c->accounts.n,
                  d->c->accounts.n == 1 ? "" : "s");
    ko_doc_paragraph(d);
    ko_buf_puts(d->out, "| status | severity | authors | incident |\n|---|---|---|---|\n"
                        "| draft | | | |\n\n");
    ASK(d,
        "Lines like this one are questions for people. Everything else is computed from "
        "the exports in annex B, and each claim names its evidence.");
}

static void put_warnings(struct ko_doc *d)
{
    struct ko_arena arena = {0};
    ko_warnings list = {0};
    if (ko_warning_list(d->c, &arena, &list) != KO_OK)
        d->out->status = KO_ENOMEM;
    for (size_t i = 0; i < list.n; i++) {
        ko_buf_puts(d->out, i ? "- " : "Before you trust this:\n\n- ");
        ko_escape_md(d->out, list.v[i].file);
        ko_buf_puts(d->out, list.v[i].file.n ? ": " : "");
        ko_escape_md(d->out, list.v[i].text);
        ko_buf_putc(d->out, '\n');
    }
    if (list.n)
        ko_buf_putc(d->out, '\n');
    ko_arena_release(&arena);
}

static void put_summary(struct ko_doc *d)
{
    H2(d, "Summary");
    put_warnings(d);
    ko_facts_answers(d);
}

static void put_findings(struct ko_doc *d)
{
    H2(d, "Impact");
    ko_facts_impact(d);
    ko_facts_definitions(d);
    H2(d, "Journeys");
    ko_facts_journeys(d);
    H2(d, "Cascade");
    ko_facts_cascade(d);
    ko_facts_links(d);
    H2(d, "Suspects");
    ko_facts_suspects(d);
    H2(d, "Changes");
    ko_facts_changes(d);
    H2(d, "Timeline");
    ko_facts_timeline(d);
}

static void put_response(struct ko_doc *d)
{
    H2(d, "Detection");
    ko_facts_response(d);
    ASK(d, "Who saw it first, and how? What would have halved the time to detect?");
    H2(d, "Diagnosis and hand-offs");
    ASK(d, "What was tried, and what was ruled out? Where did the incident wait for the "
           "right team?");
    H2(d, "Recovery");
    ko_facts_recovery(d);
    ASK(d, "What ended it? Who works off what is left?");
}

static void put_reflection(struct ko_doc *d)
{
    H2(d, "Contributing conditions");
    ASK(d, "Why could the origin fail like this? Why could the trouble travel along each "
           "link of the cascade? What made it worse?");
    H2(d, "What surprised us");
    ASK(d, "What did people believe that turned out otherwise?");
    H2(d, "What went well, what went badly, where we were lucky");
    ASK(d, "To be written.");
    H2(d, "Similar incidents");
    ASK(d, "Has this been seen before? Which actions of that time are still open?");
    H2(d, "Action items");
    ko_buf_puts(d->out,
                "| action | type | owner | due | ticket |\n|---|---|---|---|---|\n"
                "| | | | | |\n\n");
    H2(d, "Messages");
    ASK(d, "What was told to customers and inside, when, and was it right? Name no cause "
           "that is not likely above.");
}

static void put_annexes(struct ko_doc *d)
{
    H2(d, "What is not known");
    ko_facts_unknown(d);
    H2(d, "Annex A: evidence");
    ko_facts_evidence(d);
    H2(d, "Annex B: what was read");
    ko_facts_ledger(d);
}

void ko_markdown_write(const struct ko_case *c, const struct ko_show_options *opt,
                       struct ko_buf *out)
{
    (void)opt;
    struct ko_doc d;
    ko_doc_init(&d, &ko_doc_md, c, out);
    put_title(&d);
    put_summary(&d);
    put_findings(&d);
    put_response(&d);
    put_reflection(&d);
    put_annexes(&d);
    ko_doc_release(&d);
}
