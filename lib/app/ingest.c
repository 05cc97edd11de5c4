/* ingest.c: exports into a case: what ingest does, and triage before its prompt. */
#include "app/ingest.h"

#include "app/accounts.h"
#include "app/ingest_options.h"
#include "app/progress.h"
#include "app/tools.h"

/* One run over the list of files. */
struct ingesting {
    struct ko_run *run;
    struct ko_reducer *reducer;
    struct ko_buf *rejects;
    struct ko_arena arena; /* of the ledgers */
    uint64_t fields_met;   /* pairs of --field whose column was there */
};

static enum ko_status discard(void *ctx, const struct ko_event *ev)
{
    (void)ctx;
    (void)ev;
    return KO_OK;
}

/* An export of which nothing could be read is in the books all the same. */
static enum ko_status note_trouble(struct ko_ledger *ledger, const char *why)
{
    ledger->format = KO_STR("none");
    ledger->damaged = true;
    return ko_ledger_remark(ledger, "not read: %s", why);
}

/* Read into ${ledger}; an export that cannot be opened is no error here. */
static enum ko_status read_one(struct ingesting *g, const struct ko_ingest_file *f,
                               const struct ko_read_options *opt,
                               const struct ko_sink *sink, struct ko_ledger *ledger,
                               struct ko_err *err)
{
    struct ko_err trouble = {0};
    if (f->trouble[0] != '\0')
        return note_trouble(ledger, f->trouble);
    struct ko_str name = ko_str(f->path);
    enum ko_status st = f->bytes.p != NULL
                            ? ko_read_bytes(f->bytes, name, opt, ledger, sink, &trouble)
                            : ko_read_file(f->path, name, opt, ledger, sink, &trouble);
    if (st != KO_EIO && st != KO_ENOTFOUND) {
        if (st != KO_OK && err != NULL)
            *err = trouble;
        return st;
    }
    ko_io_say_err(g->run->io, &trouble);
    return note_trouble(ledger, trouble.text);
}

static enum ko_status take_file(struct ingesting *g, const struct ko_ingest_file *f,
                                struct ko_ledger *ledger, struct ko_err *err)
{
    struct ko_read_options opt = f->read;
    opt.field_map_met = &g->fields_met;
    enum ko_status st = ko_reducer_begin_export(g->reducer, ko_str(f->path), f->normal,
                                                &opt.export_index);
    if (st != KO_OK)
        return ko_err_set(err, st, "out of memory");
    struct ko_sink sink = ko_reducer_sink(g->reducer);
    st = read_one(g, f, &opt, &sink, ledger, err);
    if (st == KO_OK && (st = ko_reducer_end_export(g->reducer, ledger)) != KO_OK)
        (void)ko_err_set(err, st, "out of memory");
    return st;
}

/* Read for its account alone: an earlier export has the same bytes. */
static enum ko_status take_repeated(struct ingesting *g, const struct ko_ingest_file *f,
                                    struct ko_ledger *ledger, struct ko_err *err)
{
    struct ko_sink nowhere = {discard, NULL};
    enum ko_status st = read_one(g, f, &f->read, &nowhere, ledger, err);
    if (st == KO_OK && (st = ko_reducer_repeat(g->reducer, ledger)) != KO_OK)
        (void)ko_err_set(err, st, "out of memory");
    return st;
}

static enum ko_status take(struct ingesting *g, const struct ko_ingest_file *f,
                           struct ko_err *err)
{
    struct ko_ledger ledger;
    if (ko_ledger_init(&ledger, &g->arena, ko_str(f->path)) != KO_OK)
        return ko_err_nomem(err);
    enum ko_status st =
        f->repeated ? take_repeated(g, f, &ledger, err) : take_file(g, f, &ledger, err);
    if (st == KO_OK && !ko_ledger_check(&ledger)) {
        ko_io_say(g->run->io, "%s: the account does not add up; this is a bug", f->path);
        g->run->code = KO_EXIT_BUG;
    }
    return st;
}

static enum ko_status take_all(struct ingesting *g, const struct ko_ingest *ing,
                               struct ko_err *err)
{
    const char *when = ko_args_last(&g->run->args, KO_OPT_PROGRESS);
    bool never = g->run->quiet || ko_str_eq(ko_str(when), KO_STR("never"));
    struct ko_progress progress;
    enum ko_status st = KO_OK;
    ko_progress_init(&progress, g->run->io, !never);
    for (size_t i = 0; st == KO_OK && i < ing->files.n; i++) {
        ko_progress_step(&progress, i, ing->files.n, ing->files.v[i].path);
        st = take(g, &ing->files.v[i], err);
    }
    ko_progress_end(&progress);
    return st;
}

bool ko_ingest_run(struct ko_run *run, const struct ko_ingest *ing,
                   struct ko_buf *rejects, struct ko_case *c)
{
    struct ko_err err = {0};
    struct ingesting g = {.run = run, .rejects = rejects};
    enum ko_status st = KO_ENOMEM;
    g.reducer = ko_reducer_new(&ing->reduce, &err);
    if (g.reducer != NULL)
        st = take_all(&g, ing, &err);
    if (st == KO_OK)
        st = ko_reducer_finish(g.reducer, c, &err);
    bool ok = st == KO_OK && run->code != KO_EXIT_BUG;
    if (st != KO_OK)
        ko_run_fail(run, st, &err);
    else if (ok && (ok = ko_ingest_fields_met(run, g.fields_met)))
        ko_accounts_judge(run, c);
    ko_reducer_free(g.reducer);
    ko_arena_release(&g.arena);
    return ok;
}
