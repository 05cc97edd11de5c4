/* ingest.c: exports into a case: what ingest does, and triage before its prompt. */
#include "app/ingest.h"

#include "app/accounts.h"
#include "app/ingest_crew.h"
#include "app/ingest_options.h"
#include "app/progress.h"
#include "app/second_look.h"
#include "app/tools.h"
#include "reduce/marks.h"
#include "reduce/mask.h"

/* One run over the list of files; files[i], ledgers[i], marks[i] are one export. */
struct ingesting {
    struct ko_run *run;
    struct ko_ingest *ing;
    struct ko_reducer *reducer;
    struct ko_buf *rejects;
    struct ko_arena arena; /* of the ledgers */
    struct ko_ledger *ledgers;
    struct ko_marks *marks;
    uint64_t fields_met; /* pairs of --field whose column was there */
    int round;           /* of reading everything, from 0 */
    bool incomplete;     /* somebody asked to stop */
};

/* Marks of all exports together: 24 MiB, whatever their number. */
enum { MARKS_ALL = 1 << 20, MARKS_MAX = 1024, MARKS_MIN = 64, ROUNDS_MAX = 3 };

static enum ko_status begin_ledger(struct ingesting *g, size_t i)
{
    struct ko_ledger *l = &g->ledgers[i];
    enum ko_status st = ko_ledger_init(l, &g->arena, ko_str(g->ing->files.v[i].path));
    l->rejected_to = g->rejects;
    l->mask = ko_mask_private;
    return st;
}

static enum ko_status take_all(struct ingesting *g, struct ko_err *err)
{
    const char *when = ko_args_last(&g->run->args, KO_OPT_PROGRESS);
    bool never = g->run->quiet || ko_str_eq(ko_str(when), KO_STR("never"));
    struct ko_progress progress;
    struct ko_ingest_crew crew = {.ing = g->ing,
                                  .ledgers = g->ledgers,
                                  .marks = g->marks,
                                  .io = g->run->io,
                                  .progress = &progress,
                                  .says = g->round == 0,
                                  .is_verbose = g->run->verbose};
    ko_progress_init(&progress, g->run->io, !never);
    enum ko_status st = ko_ingest_crew_read(&crew, err);
    ko_progress_end(&progress);
    g->reducer = crew.reducer;
    g->incomplete = crew.incomplete;
    return st;
}

static void check_ledgers(struct ingesting *g)
{
    for (size_t i = 0; i < g->ing->files.n; i++) {
        if (ko_ledger_check(&g->ledgers[i]))
            continue;
        ko_io_say(g->run->io, "%s: the account does not add up; this is a bug",
                  g->ing->files.v[i].path);
        g->run->code = KO_EXIT_BUG;
    }
}

/* ---- rounds ---- */

static enum ko_status begin_round(struct ingesting *g, struct ko_err *err)
{
    size_t n = g->ing->files.n, max = n > 0 ? MARKS_ALL / n : MARKS_MAX;
    max = max > MARKS_MAX ? MARKS_MAX : max < MARKS_MIN ? MARKS_MIN : max;
    ko_reducer_free(g->reducer);
    g->reducer = NULL;
    for (size_t i = 0; i < n; i++) {
        ko_marks_release(&g->marks[i]);
        ko_marks_init(&g->marks[i], max);
        g->ing->files.v[i].read.field_map_met = &g->fields_met;
        if (begin_ledger(g, i) != KO_OK)
            return ko_err_nomem(err);
    }
    if (g->rejects != NULL)
        ko_buf_reset(g->rejects);
    g->fields_met = 0;
    return KO_OK;
}

/* Bytes that came through a pipe are gone. */
static bool can_reread(const struct ko_ingest *ing)
{
    for (size_t i = 0; i < ing->files.n; i++) {
        const struct ko_ingest_file *f = &ing->files.v[i];
        struct ko_str path = ko_str(f->path);
        if (f->bytes.p == NULL &&
            (ko_str_eq(path, KO_STR("-")) || ko_str_starts(path, KO_STR("/dev/")) ||
             ko_str_starts(path, KO_STR("/proc/"))))
            return false;
    }
    return true;
}

static enum ko_status look_back(struct ingesting *g, bool *ret_reread, struct ko_err *err)
{
    struct ko_look look = {.files = g->ing->files.v,
                           .ledgers = g->ledgers,
                           .marks = g->marks,
                           .n = g->ing->files.n,
                           .can_reread = g->round + 1 < ROUNDS_MAX && !g->incomplete &&
                                         can_reread(g->ing),
                           .arena = &g->arena};
    enum ko_status st = ko_second_look(&look, ret_reread);
    return st == KO_OK ? st : ko_err_nomem(err);
}

/* The books are closed when nothing is read any more. */
static enum ko_status hand_over(struct ingesting *g, struct ko_err *err)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < g->ing->files.n && st == KO_OK; i++) {
        const struct ko_ingest_file *f = &g->ing->files.v[i];
        uint32_t index;
        if (f->repeated) {
            st = ko_reducer_repeat(g->reducer, &g->ledgers[i]);
            continue;
        }
        st = ko_reducer_begin_export(g->reducer, ko_str(f->path), f->normal, &index);
        if (st == KO_OK)
            st = ko_reducer_end_export(g->reducer, &g->ledgers[i]);
    }
    return st == KO_OK ? st : ko_err_set(err, st, "out of memory");
}

static enum ko_status read_rounds(struct ingesting *g, struct ko_err *err)
{
    bool again = true;
    enum ko_status st = KO_OK;
    for (g->round = 0; st == KO_OK && again; g->round++) {
        st = begin_round(g, err);
        if (st == KO_OK)
            st = take_all(g, err);
        again = false;
        if (st == KO_OK)
            check_ledgers(g);
        if (st == KO_OK)
            st = look_back(g, &again, err);
    }
    return st == KO_OK ? hand_over(g, err) : st;
}

static enum ko_status make_room(struct ingesting *g)
{
    size_t n = g->ing->files.n;
    g->ledgers = ko_arena_alloc(&g->arena, n, sizeof *g->ledgers);
    g->marks = ko_arena_alloc(&g->arena, n, sizeof *g->marks);
    return g->ledgers != NULL && g->marks != NULL ? KO_OK : KO_ENOMEM;
}

static void release(struct ingesting *g)
{
    for (size_t i = 0; g->marks != NULL && i < g->ing->files.n; i++)
        ko_marks_release(&g->marks[i]);
    ko_reducer_free(g->reducer);
    ko_arena_release(&g->arena);
}

bool ko_ingest_run(struct ko_run *run, struct ko_ingest *ing, struct ko_buf *rejects,
                   struct ko_case *c)
{
    struct ko_err err = {0};
    struct ingesting g = {.run = run, .ing = ing, .rejects = rejects};
    enum ko_status st = make_room(&g) == KO_OK ? KO_OK : ko_err_nomem(&err);
    if (st == KO_OK)
        st = read_rounds(&g, &err);
    if (st == KO_OK)
        st = ko_reducer_finish(g.reducer, c, &err);
    c->head.incomplete = g.incomplete;
    bool ok = st == KO_OK && run->code != KO_EXIT_BUG;
    if (st != KO_OK)
        ko_run_fail(run, st, &err);
    else if (ok && (ok = ko_ingest_fields_met(run, g.fields_met)))
        ko_accounts_judge(run, c);
    release(&g);
    return ok;
}
