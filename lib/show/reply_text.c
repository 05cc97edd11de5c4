/* reply_text.c: one answer as lines of a terminal. */
#include "show/reply_text.h"

#include "base/utf8.h"
#include "show/question.h"
#include "show/scratch.h"

#include <stdint.h>

enum { INDENT = 3, EVIDENCE_IDS = 4, REPLY_BYTES = 1 << 16 };

static enum ko_ink verdict_ink(struct ko_str verdict)
{
    if (ko_str_eq(verdict, KO_STR("likely")))
        return KO_INK_GREEN;
    return ko_str_eq(verdict, KO_STR("possible")) ? KO_INK_YELLOW : KO_INK_DIM;
}

/* Returns the columns used. */
static size_t put_verdict(struct ko_screen *s, struct ko_str verdict)
{
    if (verdict.n == 0)
        return 0;
    ko_screen_ink(s, verdict_ink(verdict));
    ko_screen_put(s, verdict);
    ko_screen_own(s, ":");
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_own(s, " ");
    return ko_utf8_width(verdict) + 2;
}

static size_t put_heading(struct ko_screen *s, const char *heading)
{
    if (heading == NULL) {
        ko_screen_blank(s, INDENT);
        return INDENT;
    }
    ko_screen_ink(s, KO_INK_BOLD);
    ko_screen_own(s, heading);
    ko_screen_ink(s, KO_INK_PLAIN);
    ko_screen_own(s, "  ");
    return ko_str(heading).n + 2;
}

/* "text [E13]" without the reference, if the headline has it and it alone would need a
 * line more. */
static struct ko_str fitting(const struct ko_screen *s, const struct ko_answer *a,
                             struct ko_str line)
{
    size_t at;
    if (INDENT + ko_utf8_width(line) <= s->width || !ko_str_ends(line, KO_STR("]")) ||
        !ko_str_rchr(line, '[', &at) || at < 1)
        return line;
    struct ko_str id = ko_str_sub(line, at + 1, line.n - at - 2);
    for (size_t i = 0; i < a->evidence.n && i < EVIDENCE_IDS; i++) {
        if (ko_str_eq(a->evidence.v[i], id))
            return ko_str_sub(line, 0, at - 1);
    }
    return line;
}

/* Further lines, each wrapped, until the room is used up; then the last one tells that
 * there is more. */
static void put_more(struct ko_screen *s, const struct ko_answer *a, size_t room)
{
    const ko_strs *more = &a->more;
    size_t left = room ? room : SIZE_MAX;
    for (size_t i = 0; i < more->n && left > 0; i++) {
        struct ko_flow flow = {INDENT, INDENT + 2, 0, room ? left : 0};
        bool hidden = room && left == 1 && i + 1 < more->n;
        flow.right = hidden ? 4 : 0;
        ko_screen_blank(s, INDENT);
        size_t used = ko_screen_flow(s, fitting(s, a, more->v[i]), &flow);
        left -= used < left ? used : left;
        if (hidden &&
            !ko_str_ends(ko_buf_str(s->out), ko_str(ko_screen_sign(s, "…", "..."))))
            ko_screen_own(s, ko_screen_sign(s, " …", " ..."));
        ko_screen_end_line(s);
    }
}

void ko_reply_text(struct ko_screen *s, const struct ko_case *c, const char *key,
                   const char *heading, const struct ko_reply_room *room)
{
    const struct ko_answer *a = ko_question_answer(c, key);
    struct ko_buf text;
    size_t column = put_heading(s, heading);
    column += put_verdict(s, ko_question_verdict(a));
    ko_buf_init(&text, REPLY_BYTES);
    ko_question_headline(c, a, EVIDENCE_IDS, &text);
    ko_screen_flow(s, ko_buf_str(&text),
                   &(struct ko_flow){column, INDENT, 0, room->headline});
    ko_screen_end_line(s);
    if (a != NULL)
        put_more(s, a, room->more);
    ko_scratch_end(&text, s->out);
}
