/* recover_read.c: the second pass of recover over the raw exports. */
#include "app/recover_read.h"

#include "app/tools.h"
#include "event/ledger.h"
#include "event/zone.h"

struct reading {
    struct ko_run *run;
    struct ko_ingest *ing;
    struct ko_gather *g;
    uint64_t records, rejected;
    bool damaged, last; /* last: of the two passes, the one that talks */
};

static enum ko_status take(void *ctx, const struct ko_event *ev)
{
    struct reading *r = ctx;
    const struct ko_reduce_options *w = &r->ing->reduce;
    bool outside = (w->from != KO_TIME_NONE && ev->time < w->from) ||
                   (w->to != KO_TIME_NONE && ev->time >= w->to);
    return outside ? KO_OK : ko_gather_take(r->g, ev);
}

static const struct ko_account *account_of(const struct ko_case *c, const char *path)
{
    for (size_t i = 0; i < c->accounts.n; i++) {
        if (ko_str_eq(c->accounts.v[i].file, ko_str(path)))
            return &c->accounts.v[i];
    }
    return NULL;
}

/* "+01:00 (fits the other exports)": +01:00; what is no zone changes nothing. */
static enum ko_status lend_clock(struct ko_ingest *ing, struct ko_ingest_file *f,
                                 const struct ko_account *a)
{
    size_t at;
    struct ko_str zone = a->zone;
    if (f->read.zone != NULL || zone.n == 0)
        return KO_OK;
    if (ko_str_find(zone, KO_STR(" ("), &at))
        zone = ko_str_sub(zone, 0, at);
    enum ko_status st = ko_zone_open(&ing->arena, zone, &f->read.zone, NULL);
    return st == KO_ENOMEM ? st : KO_OK;
}

static enum ko_status lend_case(struct ko_ingest *ing, const struct ko_case *c)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < ing->files.n && st == KO_OK; i++) {
        struct ko_ingest_file *f = &ing->files.v[i];
        const struct ko_account *a = account_of(c, f->path);
        f->repeated |= a != NULL && a->repeated;
        if (a != NULL)
            st = lend_clock(ing, f, a);
    }
    return st;
}

static void add_up(struct reading *r, const struct ko_ledger *l)
{
    r->records += l->records;
    r->rejected += l->lines_rejected;
    r->damaged |= l->damaged;
    if (r->last && !r->run->quiet && (l->damaged || l->lines_rejected > 0))
        ko_io_say(r->run->io, "%.*s: %llu lines rejected%s", KO_ARG(l->file),
                  (unsigned long long)l->lines_rejected,
                  l->damaged ? ", damaged or cut short" : "");
}

/* An export that cannot be opened is damage, not the end. */
static enum ko_status read_one(struct reading *r, size_t i, struct ko_err *err)
{
    struct ko_ingest_file *f = &r->ing->files.v[i];
    struct ko_arena arena = {0};
    struct ko_ledger ledger;
    struct ko_sink sink = {take, r};
    struct ko_str name = ko_str(f->path);
    f->read.export_index = (uint32_t)i;
    enum ko_status st = ko_ledger_init(&ledger, &arena, name);
    if (st == KO_OK)
        st = f->bytes.p != NULL
                 ? ko_read_bytes(f->bytes, name, &f->read, &ledger, &sink, err)
                 : ko_read_file(f->path, name, &f->read, &ledger, &sink, err);
    if (st == KO_EIO || st == KO_ENOTFOUND) {
        if (r->last)
            ko_io_say_err(r->run->io, err);
        r->damaged = true;
        st = KO_OK;
    } else if (st == KO_OK) {
        add_up(r, &ledger);
    }
    ko_arena_release(&arena);
    return st;
}

static enum ko_status read_all(struct reading *r, struct ko_err *err)
{
    enum ko_status st = KO_OK;
    r->records = r->rejected = 0;
    for (size_t i = 0; i < r->ing->files.n && st == KO_OK; i++) {
        const struct ko_ingest_file *f = &r->ing->files.v[i];
        r->damaged |= f->trouble[0] != '\0';
        if (f->trouble[0] == '\0' && !f->repeated)
            st = read_one(r, i, err);
    }
    return st;
}

static void judge(struct reading *r)
{
    bool strict = ko_args_has(&r->run->args, KO_OPT_STRICT) && r->rejected > 0;
    if (r->records == 0) {
        ko_io_say(r->run->io, "no record was read; nothing is known");
        r->run->code = KO_EXIT_NO_INPUT;
    } else if (r->damaged || strict) {
        r->run->code = KO_EXIT_DAMAGED;
    }
}

bool ko_recover_read(struct ko_run *run, struct ko_ingest *ing, const struct ko_case *c,
                     struct ko_gather *g)
{
    struct ko_err err = {0};
    struct reading r = {.run = run, .ing = ing, .g = g};
    enum ko_status st = lend_case(ing, c);
    if (st == KO_OK)
        st = read_all(&r, &err);
    ko_gather_second(g);
    r.last = true;
    if (st == KO_OK)
        st = read_all(&r, &err);
    if (st == KO_OK)
        st = ko_gather_finish(g);
    if (st != KO_OK) {
        ko_run_fail(run, st, &err);
        return false;
    }
    judge(&r);
    return true;
}
