/* facts_recovery.c: what is left to work off, and what is back to normal. */
#include "show/facts.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof(list)[0]

static bool is_check(const struct ko_recovery *r)
{
    return ko_str_eq(r->list, KO_STR("check"));
}

static void list_row(struct ko_doc *d, const struct ko_recovery *r)
{
    ko_doc_row(d);
    ko_doc_cell(d, r->list);
    ko_doc_cell_number(d, r->count, KO_STR(""));
    ko_doc_cell(d, r->text);
    ko_doc_cell_list(d, &r->rows);
    ko_doc_end_row(d);
}

static void put_lists(struct ko_doc *d, size_t n)
{
    static const struct ko_column columns[] = {{"worklist", KO_WORD},
                                               {"rows", KO_NUMBER},
                                               {"in words", KO_PROSE},
                                               {"first rows", KO_PROSE}};
    if (n == 0) {
        d->ops->paragraph(d, KO_STR("Not counted: recover reads it from the raw exports "
                                    "and this case."));
        return;
    }
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->recoveries.n; i++) {
        if (!is_check(&d->c->recoveries.v[i]))
            list_row(d, &d->c->recoveries.v[i]);
    }
    ko_doc_end_table(d);
}

static void check_row(struct ko_doc *d, const struct ko_recovery *r)
{
    ko_doc_row(d);
    ko_doc_cell(d, r->state);
    ko_doc_cell_entity(d, r->entity);
    ko_doc_cell(d, r->signal);
    ko_doc_cell_number(d, r->before, r->unit);
    ko_doc_cell_number(d, r->during, r->unit);
    ko_doc_cell_number(d, r->now, r->unit);
    ko_doc_end_row(d);
}

static void put_checks(struct ko_doc *d, size_t n)
{
    static const struct ko_column columns[] = {
        {"after the fix", KO_WORD}, {"component", KO_WORD},  {"signal", KO_PROSE},
        {"normal", KO_NUMBER},      {"incident", KO_NUMBER}, {"now", KO_NUMBER}};
    if (n == 0)
        return;
    ko_doc_table(d, COLUMNS(columns));
    for (size_t i = 0; i < d->c->recoveries.n; i++) {
        if (is_check(&d->c->recoveries.v[i]))
            check_row(d, &d->c->recoveries.v[i]);
    }
    ko_doc_end_table(d);
}

void ko_facts_recovery(struct ko_doc *d)
{
    size_t checks = 0;
    for (size_t i = 0; i < d->c->recoveries.n; i++)
        checks += is_check(&d->c->recoveries.v[i]);
    put_lists(d, d->c->recoveries.n - checks);
    put_checks(d, checks);
}
