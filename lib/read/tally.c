/* tally.c: which formats the lines of one file have, and how many each. */
#include "read/tally.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

static void add(struct ko_tally *t, const char *name, uint64_t records)
{
    size_t i = 0;
    while (i < t->n && t->v[i].name != name && strcmp(t->v[i].name, name) != 0)
        i++;
    if (i == KO_TALLY_MAX)
        return;
    if (i == t->n) {
        t->v[i].name = name;
        t->v[i].records = 0;
        t->n++;
    }
    t->v[i].records += records;
}

void ko_tally_add(struct ko_tally *t, const char *name)
{
    add(t, name, 1);
}

void ko_tally_merge(struct ko_tally *t, const struct ko_tally *part)
{
    for (size_t i = 0; i < part->n; i++)
        add(t, part->v[i].name, part->v[i].records);
}

/* Most records first. */
static void sort(struct ko_tally *t)
{
    for (size_t i = 1; i < t->n; i++) {
        for (size_t k = i; k > 0 && t->v[k].records > t->v[k - 1].records; k--) {
            struct ko_tally copy = *t;
            t->v[k] = copy.v[k - 1];
            t->v[k - 1] = copy.v[k];
        }
    }
}

enum ko_status ko_tally_say(struct ko_tally *t, struct ko_ledger *ledger)
{
    struct ko_buf names, why;
    if (t->n < 2)
        return KO_OK;
    sort(t);
    ko_buf_init(&names, KO_BUF_MAX);
    ko_buf_init(&why, KO_BUF_MAX);
    ko_buf_puts(&why, "line by line:");
    for (size_t i = 0; i < t->n; i++) {
        ko_buf_printf(&names, "%s%s", i > 0 ? " + " : "", t->v[i].name);
        ko_buf_printf(&why, "%s %llu %s", i > 0 ? "," : "",
                      (unsigned long long)t->v[i].records, t->v[i].name);
    }
    enum ko_status st = names.status != KO_OK ? names.status : why.status;
    if (st == KO_OK)
        st = ko_str_copy(ledger->arena, ko_buf_str(&names), &ledger->format);
    if (st == KO_OK)
        st = ko_str_copy(ledger->arena, ko_buf_str(&why), &ledger->why);
    ko_buf_release(&names);
    ko_buf_release(&why);
    return st;
}
