/* show_case.c: the finished cases that the tests of the report writers print. */
#include "show_case.h"

#include "base/file.h"
#include "case/fields.h"
#include "case/stream.h"
#include "unit.h"

void show_case_example(struct ko_case *c, struct ko_buf *bytes)
{
    int fd;
    ko_buf_init(bytes, 1 << 24);
    assert_int_equal(ko_file_open(KO_EXAMPLE_CASE, &fd, NULL), KO_OK);
    assert_int_equal(ko_file_slurp(fd, bytes, NULL), KO_OK);
    ko_file_close(fd);
    ko_case_init(c);
    assert_int_equal(ko_stream_read(c, ko_buf_str(bytes), KO_STR("example"), NULL),
                     KO_OK);
}

static void fill_strs(struct ko_case *c, ko_strs *list, struct ko_str text)
{
    assert_int_equal(ko_case_add_str(c, list, text), KO_OK);
}

/* Times and numbers are set too, so that nothing is left out as "not said". */
static void fill(struct ko_case *c, const struct ko_field *fields, void *record,
                 struct ko_str text)
{
    for (const struct ko_field *f = fields; f->name != NULL; f++) {
        void *at = (char *)record + f->offset;
        if (f->type == KO_FIELD_STR)
            *(struct ko_str *)at = text;
        else if (f->type == KO_FIELD_STRS)
            fill_strs(c, at, text);
        else if (f->type == KO_FIELD_TIME)
            *(ko_time *)at = 5 * KO_MINUTE;
        else if (f->type == KO_FIELD_NUM)
            *(double *)at = 1.5;
        else if (f->type == KO_FIELD_INT)
            *(int64_t *)at = 1;
        else if (f->type == KO_FIELD_ENTITY)
            *(uint32_t *)at = 0;
    }
}

static void add_numbers(struct ko_case *c, ko_nums *v)
{
    for (int i = 0; i < 10; i++) {
        double *x;
        KO_LIST_ADD(&c->arena, v, x);
        assert_non_null(x);
        *x = i < 5 ? 1 : 9;
    }
}

static void add_node(struct ko_case *c, struct ko_chain *chain, uint32_t entity,
                     uint32_t parent, struct ko_str text)
{
    struct ko_node *n;
    KO_LIST_ADD(&c->arena, &chain->nodes, n);
    assert_non_null(n);
    *n = (struct ko_node){entity,        5 * KO_MINUTE, 4 * KO_MINUTE,
                          6 * KO_MINUTE, parent,        text};
}

static void add_step(struct ko_case *c, struct ko_journey *j, struct ko_str text)
{
    struct ko_step *s;
    KO_LIST_ADD(&c->arena, &j->steps, s);
    assert_non_null(s);
    *s = (struct ko_step){text, 0, text, text, 3};
}

static void add_records(struct ko_case *c, struct ko_str text)
{
    for (const struct ko_record_type *t = ko_record_types; t->name != NULL; t++) {
        if (ko_str_eq(ko_str(t->name), KO_STR("entity")) ||
            ko_str_eq(ko_str(t->name), KO_STR("answer")))
            continue;
        void *record = ko_case_add(c, t->name);
        assert_non_null(record);
        fill(c, t->fields, record, text);
    }
}

static void add_answers(struct ko_case *c, struct ko_str text)
{
    static const char *const keys[] = {"where",   "spread", "who",
                                       "changed", "worse",  "owner"};
    for (size_t i = 0; i < 6; i++) {
        struct ko_answer *a = ko_case_add(c, "answer");
        assert_non_null(a);
        a->question = ko_str(keys[i]);
        a->text = a->verdict = text;
        fill_strs(c, &a->more, text);
        fill_strs(c, &a->evidence, text);
    }
}

void show_case_of(struct ko_case *c, struct ko_str text)
{
    uint32_t entity, other;
    ko_case_init(c);
    fill(c, ko_head_fields, &c->head, text);
    c->head.from = 0;
    c->head.step = KO_MINUTE;
    c->head.buckets = 10;
    assert_int_equal(ko_case_entity(c, text, &entity), KO_OK);
    assert_int_equal(ko_case_entity(c, KO_STR("other"), &other), KO_OK);
    c->entities.v[0].owner = c->entities.v[0].contact = text;
    c->entities.v[0].fallback = c->entities.v[0].owner_from = text;
    fill_strs(c, &c->entities.v[0].aliases, text);
    add_records(c, text);
    add_answers(c, text);
    c->series.v[0].caller = KO_NO_ENTITY;
    c->onsets.v[0].caller = KO_NO_ENTITY;
    c->series.v[0].from = 0;
    add_numbers(c, &c->series.v[0].v);
    add_numbers(c, &c->templates.v[0].v);
    c->links.v[0].to = other;
    c->edges.v[0].callee = other;
    add_node(c, &c->chains.v[0], entity, KO_NO_ENTITY, text);
    add_node(c, &c->chains.v[0], other, entity, text);
    add_step(c, &c->journeys.v[0], text);
}
