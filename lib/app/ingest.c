/* ingest.c: exports into a case: what ingest does, and triage before its prompt. */
#include "app/ingest.h"

#include "app/accounts.h"
#include "app/ingest_crew.h"
#include "app/ingest_options.h"
#include "app/ingest_parts.h"
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
    uint64_t fields_met;     /* pairs of --field whose column was there */
    int round;               /* of reading everything, from 0 */
    bool incomplete;         /* somebody asked to stop */
    bool merges;             /* the exports were read before, in parts */
    struct ko_ledger *alone; /* NULL, or the ledgers without what the others tell */
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

static size_t marks_max(size_t n)
{
    size_t max = n > 0 ? MARKS_ALL / n : MARKS_MAX;
    return max > MARKS_MAX ? MARKS_MAX : max < MARKS_MIN ? MARKS_MIN : max;
}

static enum ko_status begin_round(struct ingesting *g, struct ko_err *err)
{
    size_t n = g->ing->files.n, max = marks_max(n);
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
    for (size_t i = 0; g->alone != NULL && i < g->ing->files.n; i++)
        g->alone[i] = g->ledgers[i];
    struct ko_look look = {.files = g->ing->files.v,
                           .ledgers = g->ledgers,
                           .marks = g->marks,
                           .n = g->ing->files.n,
                           .can_reread = g->round + 1 < ROUNDS_MAX && !g->incomplete &&
                                         !g->merges && can_reread(g->ing),
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
    return st;
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

/* ---- what comes of it ---- */

static bool write_case(struct ingesting *g, struct ko_case *c, enum ko_status st,
                       struct ko_err *err)
{
    if (st == KO_OK)
        st = hand_over(g, err);
    if (st == KO_OK)
        st = ko_reducer_finish(g->reducer, c, err);
    c->head.incomplete = g->incomplete;
    bool ok = st == KO_OK && g->run->code != KO_EXIT_BUG;
    if (st != KO_OK)
        ko_run_fail(g->run, st, err);
    else if (ok && (ok = g->merges || ko_ingest_fields_met(g->run, g->fields_met)))
        ko_accounts_judge(g->run, c);
    return ok;
}

bool ko_ingest_run(struct ko_run *run, struct ko_ingest *ing, struct ko_buf *rejects,
                   struct ko_case *c)
{
    struct ko_err err = {0};
    struct ingesting g = {.run = run, .ing = ing, .rejects = rejects};
    enum ko_status st = make_room(&g) == KO_OK ? KO_OK : ko_err_nomem(&err);
    if (st == KO_OK)
        st = read_rounds(&g, &err);
    bool ok = write_case(&g, c, st, &err);
    release(&g);
    return ok;
}

/* The part borrows the marks; those of the run are empty afterwards. */
static enum ko_status make_part(struct ingesting *g, struct ko_part *part)
{
    part->options = g->ing->reduce;
    part->incomplete = g->incomplete;
    part->reducer = g->reducer;
    g->reducer = NULL;
    for (size_t i = 0; i < g->ing->files.n; i++) {
        const struct ko_ingest_file *f = &g->ing->files.v[i];
        struct ko_part_file *file;
        KO_LIST_ADD(&part->arena, &part->files, file);
        if (file == NULL)
            return KO_ENOMEM;
        *file = (struct ko_part_file){ko_str(f->path), f->normal, f->repeated,
                                      g->alone[i], g->marks[i]};
        ko_marks_init(&g->marks[i], 0);
        if (g->alone[i].damaged)
            g->run->code = KO_EXIT_DAMAGED;
    }
    return KO_OK;
}

static bool write_part(struct ingesting *g, struct ko_buf *out, enum ko_status st,
                       struct ko_err *err)
{
    struct ko_part part = {.incomplete = false};
    if (st == KO_OK)
        st = make_part(g, &part) == KO_OK && ko_part_write(&part, out) == KO_OK
                 ? KO_OK
                 : ko_err_nomem(err);
    ko_part_release(&part);
    if (st != KO_OK)
        ko_run_fail(g->run, st, err);
    return st == KO_OK && g->run->code != KO_EXIT_BUG;
}

bool ko_ingest_partial(struct ko_run *run, struct ko_ingest *ing, struct ko_buf *rejects,
                       struct ko_buf *out)
{
    struct ko_err err = {0};
    struct ingesting g = {.run = run, .ing = ing, .rejects = rejects};
    enum ko_status st = make_room(&g) == KO_OK ? KO_OK : ko_err_nomem(&err);
    g.alone = ko_arena_alloc(&g.arena, ing->files.n, sizeof *g.alone);
    if (st == KO_OK)
        st = g.alone != NULL ? read_rounds(&g, &err) : ko_err_nomem(&err);
    bool ok = write_part(&g, out, st, &err) && ko_ingest_fields_met(run, g.fields_met);
    release(&g);
    return ok;
}

/* The more exports there are, the fewer marks of each. */
static enum ko_status take_files(struct ingesting *g, const struct ko_ingest_parts *parts)
{
    enum ko_status st = make_room(g);
    for (size_t i = 0; i < g->ing->files.n && st == KO_OK; i++) {
        g->ledgers[i] = parts->files[i]->ledger;
        g->ledgers[i].arena = &g->arena;
        ko_marks_init(&g->marks[i], marks_max(g->ing->files.n));
        st = ko_marks_merge(&g->marks[i], &parts->files[i]->marks);
        ko_marks_settle(&g->marks[i]);
    }
    return st;
}

bool ko_ingest_merge(struct ko_run *run, struct ko_ingest *ing, struct ko_case *c,
                     struct ko_buf *out)
{
    struct ko_err err = {0};
    struct ko_ingest_parts parts;
    struct ingesting g = {.run = run, .ing = ing, .merges = true};
    bool ok = ko_ingest_parts_read(run, ing, &parts), again;
    if (ok) {
        enum ko_status st = take_files(&g, &parts);
        g.reducer = parts.reducer;
        parts.reducer = NULL;
        g.incomplete = parts.incomplete;
        g.alone = g.ledgers;
        if (st == KO_OK && out == NULL) {
            g.alone = NULL;
            st = look_back(&g, &again, &err);
        }
        ok = out != NULL ? write_part(&g, out, st, &err) : write_case(&g, c, st, &err);
    }
    release(&g);
    ko_ingest_parts_release(&parts);
    return ok;
}
