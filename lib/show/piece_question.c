/* piece_question.c: one of the six questions with everything behind it, at the prompt. */
#include "show/doc_text.h"
#include "show/facts.h"
#include "show/question.h"
#include "show/reply_text.h"
#include "show/show.h"
#include "show/trail.h"
#include "show/tree.h"

#include <stdint.h>
#include <string.h>

/* What stands under the answer. */
static const struct {
    const char *key;
    void (*facts)(struct ko_doc *d);
} behind[KO_QUESTIONS] = {
    {"where", ko_facts_suspects},
    {"spread", ko_facts_links},
    {"who", ko_facts_impact},
    {"changed", ko_facts_changes},
    {"worse", NULL},
    {"owner", ko_facts_response},
};

static void put_tree(struct ko_doc_text *d, const struct ko_case *c, const char *title)
{
    struct ko_arena arena = {0};
    struct ko_trail trail = {0};
    if (ko_trail_lay(c, ko_trail_chain(c), &arena, &trail) != KO_OK) {
        d->doc.out->status = KO_ENOMEM;
    } else if (trail.steps.n) {
        ko_tree_axis(&d->screen, c, title);
        ko_tree_rows(&d->screen, c, &trail, SIZE_MAX);
    }
    ko_arena_release(&arena);
}

bool ko_show_question(const struct ko_case *c, struct ko_str question,
                      const struct ko_show_options *opt, struct ko_buf *out)
{
    const struct ko_question *q = ko_question_find(question);
    const struct ko_reply_room all = {0, 0};
    struct ko_doc_text d;
    if (q == NULL)
        return false;
    ko_doc_text_init(&d, c, opt, out);
    ko_reply_text(&d.screen, c, q->key, q->title, &all);
    if (strcmp(q->key, "spread") == 0)
        put_tree(&d, c, "");
    for (size_t i = 0; i < KO_QUESTIONS; i++) {
        if (strcmp(behind[i].key, q->key) == 0 && behind[i].facts != NULL)
            behind[i].facts(&d.doc);
    }
    ko_doc_text_release(&d);
    return true;
}
