/* cut.c: signs that an export was cut short by its exporter: known limits, and what its
 * envelope says itself. */
#include "read/cut.h"

#include "base/num.h"

enum { LOOK_BYTES = 32 << 10, VALUE_BYTES = 64, CELLS_MAX = 80000 };

/* From this many steps on, an order is no accident. */
enum { ORDER_STEPS_MIN = 20 };

/* Rows at which usual exporters stop without a word. */
static const uint64_t known_caps[] = {1000, 5000, 10000, 80000};
/* Defaults that only those who list the newest first have. */
static const uint64_t newest_caps[] = {30, 100, 500};

/* ---- what the export says ---- */

/* What may stand behind a key for there to be more. */
enum value { VALUE_TRUE, VALUE_FALSE, VALUE_TEXT, VALUE_ANY };

static const struct {
    struct ko_str key;
    enum value value;
    const char *said;
} marks[] = {
    {KO_STR_INIT("\"PartialData\""), VALUE_ANY, "its status is PartialData"},
    {KO_STR_INIT("\"more\""), VALUE_TRUE, "it says that there is more"},
    {KO_STR_INIT("\"has_more\""), VALUE_TRUE, "it says that there is more"},
    {KO_STR_INIT("\"hasMore\""), VALUE_TRUE, "it says that there is more"},
    {KO_STR_INIT("\"truncated\""), VALUE_TRUE, "it says that it is truncated"},
    {KO_STR_INIT("\"isTruncated\""), VALUE_TRUE, "it says that it is truncated"},
    {KO_STR_INIT("\"is_truncated\""), VALUE_TRUE, "it says that it is truncated"},
    {KO_STR_INIT("\"timed_out\""), VALUE_TRUE, "its query timed out"},
    {KO_STR_INIT("\"NextToken\""), VALUE_TEXT, "it names a next page"},
    {KO_STR_INIT("\"nextToken\""), VALUE_TEXT, "it names a next page"},
    {KO_STR_INIT("\"nextPageToken\""), VALUE_TEXT, "it names a next page"},
    {KO_STR_INIT("\"next_cursor\""), VALUE_TEXT, "it names a next page"},
    {KO_STR_INIT("\"next_page\""), VALUE_TEXT, "it names a next page"},
    {KO_STR_INIT("Full Export Completed"), VALUE_FALSE,
     "it says Full Export Completed FALSE"},
};

static bool is_gap(char c)
{
    return ko_char_is_space(c) || c == ':' || c == '=' || c == ',' || c == ';';
}

static struct ko_str value_behind(struct ko_str s)
{
    s = ko_str_sub(s, 0, VALUE_BYTES);
    while (s.n > 0 && is_gap(s.p[0]))
        s = ko_str_skip(s, 1);
    return s;
}

static bool is_word(struct ko_str s, struct ko_str word)
{
    if (s.n > 0 && s.p[0] == '"')
        s = ko_str_skip(s, 1);
    return ko_str_ieq(ko_str_sub(s, 0, word.n), word);
}

static bool fits(struct ko_str s, enum value value)
{
    switch (value) {
    case VALUE_TRUE:
        return is_word(s, KO_STR("true"));
    case VALUE_FALSE:
        return is_word(s, KO_STR("false"));
    case VALUE_TEXT:
        return s.n > 1 && s.p[0] == '"' && s.p[1] != '"';
    case VALUE_ANY:
        return true;
    }
    return false;
}

/* "Line limit: 1000 (1000 returned)", above the lines of Grafana Explore. */
static void look_limit(struct ko_cut *cut, struct ko_str text)
{
    size_t at, n = 0;
    int64_t limit;
    if (!ko_str_find(text, KO_STR("Line limit"), &at))
        return;
    struct ko_str rest = value_behind(ko_str_skip(text, at + 10));
    if (rest.n > 0 && rest.p[0] == '"')
        rest = value_behind(ko_str_skip(rest, 1));
    while (n < rest.n && ko_char_is_digit(rest.p[n]))
        n++;
    if (ko_num_int(ko_str_sub(rest, 0, n), &limit) == KO_OK && limit > 0)
        cut->asked = (uint64_t)limit;
}

static void look(struct ko_cut *cut, struct ko_str text)
{
    size_t at;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && cut->said == NULL; i++) {
        if (ko_str_find(text, marks[i].key, &at) &&
            fits(value_behind(ko_str_skip(text, at + marks[i].key.n)), marks[i].value))
            cut->said = marks[i].said;
    }
    look_limit(cut, text);
}

void ko_cut_look(struct ko_cut *cut, struct ko_str text)
{
    if (text.n <= 8)
        return;
    if (text.n <= 2 * LOOK_BYTES) {
        look(cut, text);
        return;
    }
    look(cut, ko_str_sub(text, 0, LOOK_BYTES));
    look(cut, ko_str_skip(text, text.n - LOOK_BYTES));
}

void ko_cut_add(struct ko_cut *cut, const struct ko_cut *part)
{
    cut->columns = part->columns > 0 ? part->columns : cut->columns;
    cut->later += part->later;
    cut->earlier += part->earlier;
    cut->said = cut->said != NULL ? cut->said : part->said;
    cut->asked = part->asked > 0 ? part->asked : cut->asked;
}

void ko_cut_look_document(struct ko_cut *cut, struct ko_str text)
{
    size_t list, item;
    struct ko_str head = ko_str_sub(text, 0, LOOK_BYTES);
    if (head.n == 0 || head.p[0] != '{' || !ko_str_chr(head, '[', &list))
        return;
    if (ko_str_chr(ko_str_skip(head, list), '{', &item))
        ko_cut_look(cut, text);
}

/* ---- what its size says ---- */

static bool is_among(uint64_t n, const uint64_t *caps, size_t n_caps)
{
    for (size_t i = 0; i < n_caps; i++) {
        if (n == caps[i])
            return true;
    }
    return false;
}

/* Connect gives as many whole rows as 80,000 cells hold. */
static bool fills_cells(const struct ko_cut *cut, uint64_t rows)
{
    return cut->columns > 1 && rows > 1 && rows == CELLS_MAX / cut->columns;
}

static bool is_newest_first(const struct ko_cut *cut)
{
    return cut->earlier >= ORDER_STEPS_MIN && cut->earlier > 9 * cut->later;
}

static const char *what_is_hidden(const struct ko_ledger *l, const struct ko_cut *cut)
{
    if (l->newest_first)
        return "earlier onset may be hidden";
    return cut->later > 9 * cut->earlier ? "what came later may be missing"
                                         : "records may be missing";
}

static enum ko_status cut_at(struct ko_ledger *l, const struct ko_cut *cut,
                             const char *why)
{
    l->capped = true;
    return ko_ledger_remark(l, "looks truncated at %llu rows, %s; %s",
                            (unsigned long long)l->rows, why, what_is_hidden(l, cut));
}

enum ko_status ko_cut_judge(const struct ko_cut *cut, struct ko_ledger *l)
{
    l->newest_first = is_newest_first(cut);
    enum ko_status st =
        l->newest_first ? ko_ledger_remark(l, "newest record first") : KO_OK;
    if (st != KO_OK)
        return st;
    if (cut->said != NULL) {
        l->capped = true;
        return ko_ledger_remark(l, "looks truncated: %s; %s", cut->said,
                                what_is_hidden(l, cut));
    }
    if (cut->asked > 0 && l->rows >= cut->asked)
        return cut_at(l, cut, "the limit that it was asked for");
    if (is_among(l->rows, known_caps, sizeof known_caps / sizeof *known_caps) ||
        (l->newest_first &&
         is_among(l->rows, newest_caps, sizeof newest_caps / sizeof *newest_caps)))
        return cut_at(l, cut, "a usual limit of exporters");
    return fills_cells(cut, l->rows) ? cut_at(l, cut, "a limit of 80,000 cells") : KO_OK;
}
