/* json.c: the report as one JSON document. */
#include "show/json.h"

#include "base/json.h"
#include "case/fields.h"
#include "case/list_any.h"
#include "case/stream.h"
#include "show/question.h"

#include <string.h>

#define FORMAT "knockon/report"
enum { VERSION = 1, LISTS_MAX = 4 };

/* A member that holds all records of one type. */
struct member {
    const char *name, *type;
};

/* What a question's object holds beside its answer. */
struct section {
    const char *key;
    struct member lists[LISTS_MAX]; /* name NULL ends */
};

static const struct section sections[KO_QUESTIONS] = {
    {"where", {{"suspects", "suspect"}}},
    {"spread", {{"chains", "chain"}, {"links", "link"}, {"onsets", "onset"}}},
    {"who", {{"impacts", "impact"}}},
    {"changed", {{"changes", "change"}}},
    {"worse", {{"edges", "edge"}}},
    {"owner", {{"entities", "entity"}, {"milestones", "milestone"}}},
};

static const struct member tail[] = {
    {"unknown", "unknown"},  {"evidence", "evidence"}, {"notes", "note"},
    {"journeys", "journey"}, {"recovery", "recovery"}, {"ledger", "ledger"},
};

static void put_records(const struct ko_case *c, const struct member *m,
                        struct ko_buf *out)
{
    const struct ko_record_type *t = ko_record_types;
    while (strcmp(t->name, m->type) != 0)
        t++;
    struct ko_list_any list = ko_list_any_get((const char *)c + t->list);
    ko_json_key(out, m->name);
    ko_buf_putc(out, '[');
    for (size_t i = 0; i < list.n; i++) {
        ko_json_sep(out);
        ko_stream_put_record(c, t->name, (const char *)list.v + i * t->size, out);
    }
    ko_buf_putc(out, ']');
}

static void put_section(const struct ko_case *c, const struct section *section,
                        struct ko_buf *out)
{
    const struct ko_answer *answer = ko_question_answer(c, section->key);
    ko_json_key(out, section->key);
    ko_buf_putc(out, '{');
    ko_json_key(out, "answer");
    if (answer != NULL)
        ko_stream_put_record(c, "answer", answer, out);
    else
        ko_buf_puts(out, "null");
    for (size_t i = 0; i < LISTS_MAX && section->lists[i].name != NULL; i++)
        put_records(c, &section->lists[i], out);
    ko_buf_putc(out, '}');
}

void ko_json_write(const struct ko_case *c, const struct ko_show_options *opt,
                   struct ko_buf *out)
{
    (void)opt;
    ko_buf_putc(out, '{');
    ko_json_key(out, "format");
    ko_json_put_str(out, KO_STR(FORMAT));
    ko_json_key(out, "version");
    ko_buf_printf(out, "%d", VERSION);
    ko_json_key(out, "case");
    ko_stream_put_record(c, "case", &c->head, out);
    for (size_t i = 0; i < KO_QUESTIONS; i++)
        put_section(c, &sections[i], out);
    for (size_t i = 0; i < sizeof tail / sizeof tail[0]; i++)
        put_records(c, &tail[i], out);
    ko_buf_puts(out, "}\n");
}
