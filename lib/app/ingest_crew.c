/* ingest_crew.c: all exports read once, by several threads. */
#include "app/ingest_crew.h"

#include "base/crew.h"
#include "base/list.h"
#include "base/mem.h"
#include "read/pieces.h"

#include <string.h>
#include <sys/stat.h>

/* Threads write to their own; a line of the cache, or the pair that is fetched at once,
 * is nobody else's. */
enum { CACHE_BYTES = 128 };

/* An open export, as one worker sees it. */
struct part {
    struct ko_piece_reader *reader;
    struct ko_marks marks;
    uint32_t export_index; /* in the worker's reducer */
    char apart[CACHE_BYTES];
};

struct open_file {
    size_t i;                 /* of the file */
    struct ko_pieces *pieces; /* NULL: it cannot be read */
    char trouble[KO_ERR_TEXT];
    struct part *parts; /* of each worker */
};

struct job_piece {
    struct open_file *of;
    struct ko_piece read;
    bool is_last;
    bool is_cut_off; /* no bytes: only the account is to be closed */
    struct ko_arena arena;
    KO_LIST(struct ko_event) held; /* until its turn */
};

struct worker {
    char before[CACHE_BYTES];
    struct ko_buf room;
    struct ko_reducer *reducer;
    char behind[CACHE_BYTES];
};

struct job {
    struct ko_ingest_crew *crew;
    const struct ko_ingest_file *files;
    size_t n, next; /* file to open */
    struct open_file *open;
    struct open_file **opened; /* by file, until it is closed: claim and settle touch
                                  different ones */
    struct worker *workers;
    size_t n_workers;
    struct ko_reducer *ordered;
    uint64_t bytes_done, bytes_total; /* of closed files; of all, 0 not known */
    struct ko_err err;                /* of the first that failed to be made */
    size_t max_marks;
};

/* ---- events on their way ---- */

struct way {
    struct job *job;
    struct job_piece *piece; /* NULL: in order already */
    struct ko_reducer *reducer;
    struct ko_marks *marks; /* NULL: nothing to compare with */
    struct ko_str own;      /* the export's name without folder and endings */
    struct ko_series_part series;
};

/* Its numbers are those of this worker's reading, and mean nothing among those of others.
 */
static enum ko_status hold(struct job_piece *piece, const struct ko_event *ev)
{
    struct ko_event *copy;
    KO_LIST_ADD(&piece->arena, &piece->held, copy);
    enum ko_status st = copy != NULL ? ko_event_copy(&piece->arena, ev, copy) : KO_ENOMEM;
    if (st == KO_OK)
        copy->series = copy->who = copy->where = 0;
    return st;
}

static enum ko_status take(void *ctx, const struct ko_event *ev)
{
    const struct way *w = ctx;
    enum ko_status st = KO_OK;
    if (w->marks != NULL)
        st = ko_marks_take(w->marks, ev, w->own);
    if (st != KO_OK)
        return st;
    if (w->piece != NULL && ko_reducer_minds_order(ev, w->series))
        return hold(w->piece, ev);
    struct ko_sink sink = ko_reducer_sink(w->reducer);
    return sink.take(sink.ctx, ev);
}

static enum ko_status discard(void *ctx, const struct ko_event *ev)
{
    (void)ctx;
    (void)ev;
    return KO_OK;
}

static struct way way_of(struct job *job, const struct open_file *f)
{
    const struct ko_ingest_file *file = &job->files[f->i];
    return (struct way){
        .job = job, .own = ko_read_stem(ko_str(file->path)), .series = file->series};
}

/* ---- claim ---- */

static enum ko_status open_pieces(struct job *job, struct open_file *f)
{
    const struct ko_ingest_file *file = &job->files[f->i];
    struct ko_err err = {0};
    if (file->trouble[0] != '\0') {
        memcpy(f->trouble, file->trouble, sizeof f->trouble);
        return KO_OK;
    }
    enum ko_status st = ko_pieces_open(file->path, file->bytes, ko_str(file->path),
                                       &file->read, &f->pieces, &err);
    if (st != KO_EIO && st != KO_ENOTFOUND) {
        job->err = st != KO_OK ? err : job->err;
        return st;
    }
    if (job->crew->says)
        ko_io_say_err(job->crew->io, &err);
    memcpy(f->trouble, err.text, sizeof f->trouble);
    return KO_OK;
}

/* Once asked, all that is still to be opened has this trouble. */
static bool must_stop(struct job *job)
{
    const struct ko_io *io = job->crew->io;
    job->crew->incomplete |= io->stop != NULL && *io->stop != 0;
    return job->crew->incomplete;
}

static enum ko_status open_next(struct job *job)
{
    struct open_file *f = ko_mem_alloc(1, sizeof *f);
    struct part *parts = ko_mem_alloc(job->n_workers, sizeof *parts);
    if (f == NULL || parts == NULL) {
        ko_mem_free(f);
        ko_mem_free(parts);
        return KO_ENOMEM;
    }
    f->i = job->next++;
    f->parts = parts;
    for (size_t w = 0; w < job->n_workers; w++)
        ko_marks_init(&parts[w].marks, job->max_marks);
    job->opened[f->i] = job->open = f;
    return must_stop(job) ? KO_OK : open_pieces(job, f);
}

static void show_progress(struct job *job, const struct open_file *f)
{
    const struct ko_progress_state state = {.files = f->i,
                                            .files_total = job->n,
                                            .bytes = job->bytes_done +
                                                     ko_pieces_consumed(f->pieces),
                                            .bytes_total = job->bytes_total,
                                            .what = job->files[f->i].path};
    ko_progress_step(job->crew->progress, &state);
}

static enum ko_status cut_piece(struct job *job, size_t worker, struct job_piece *piece)
{
    struct open_file *f = job->open;
    piece->of = f;
    piece->is_last = true;
    if (f->pieces == NULL)
        return KO_OK;
    if (must_stop(job)) {
        piece->is_cut_off = true;
        ko_pieces_stop(f->pieces);
        return KO_OK;
    }
    show_progress(job, f);
    enum ko_status st =
        ko_pieces_next(f->pieces, &job->workers[worker].room, &piece->read);
    piece->is_last = ko_pieces_are_given(f->pieces);
    return st;
}

static enum ko_status claim(void *ctx, size_t worker, void **ret_piece)
{
    struct job *job = ctx;
    if (job->open == NULL && job->next == job->n)
        return KO_END;
    enum ko_status st = job->open == NULL ? open_next(job) : KO_OK;
    struct job_piece *piece = st == KO_OK ? ko_mem_alloc(1, sizeof *piece) : NULL;
    if (piece == NULL)
        return st == KO_OK ? KO_ENOMEM : st;
    st = cut_piece(job, worker, piece);
    if (piece->is_last && job->open->pieces != NULL)
        job->bytes_done += ko_pieces_consumed(job->open->pieces);
    if (piece->is_last)
        job->open = NULL;
    *ret_piece = piece;
    return st;
}

/* ---- work ---- */

static enum ko_status begin_export(struct job *job, struct ko_reducer **io_reducer,
                                   const struct open_file *f, uint32_t *ret_index)
{
    const struct ko_ingest_file *file = &job->files[f->i];
    if (*io_reducer == NULL)
        *io_reducer = ko_reducer_new(&job->crew->ing->reduce, NULL);
    if (*io_reducer == NULL)
        return KO_ENOMEM;
    enum ko_status st =
        ko_reducer_begin_export(*io_reducer, ko_str(file->path), file->normal, ret_index);
    if (st == KO_OK)
        ko_reducer_part(*io_reducer, file->series);
    return st;
}

static enum ko_status begin_part(struct job *job, size_t worker,
                                 const struct open_file *f)
{
    struct part *part = &f->parts[worker];
    enum ko_status st = KO_OK;
    if (part->reader != NULL)
        return KO_OK;
    if (!job->files[f->i].repeated)
        st = begin_export(job, &job->workers[worker].reducer, f, &part->export_index);
    if (st == KO_OK)
        part->reader = ko_piece_reader_new(f->pieces, part->export_index);
    return part->reader != NULL ? KO_OK : st != KO_OK ? st : KO_ENOMEM;
}

static enum ko_status work(void *ctx, size_t worker, void *piece_ctx)
{
    struct job *job = ctx;
    struct job_piece *piece = piece_ctx;
    struct open_file *f = piece->of;
    if (f->pieces == NULL || piece->is_cut_off)
        return KO_OK;
    enum ko_status st = begin_part(job, worker, f);
    if (st != KO_OK)
        return st;
    struct way way = way_of(job, f);
    way.piece = piece;
    way.reducer = job->workers[worker].reducer;
    way.marks = job->n > 1 ? &f->parts[worker].marks : NULL;
    struct ko_sink sink = {job->files[f->i].repeated ? discard : take, &way};
    return ko_piece_read(f->parts[worker].reader, &piece->read, &job->crew->ledgers[f->i],
                         &sink);
}

/* ---- settle ---- */

static void close_file(struct job *job, struct open_file *f)
{
    job->opened[f->i] = NULL;
    for (size_t w = 0; w < job->n_workers; w++) {
        ko_piece_reader_free(f->parts[w].reader);
        ko_marks_release(&f->parts[w].marks);
    }
    ko_mem_free(f->parts);
    ko_pieces_close(f->pieces);
    ko_mem_free(f);
}

static void free_piece(struct job_piece *piece)
{
    if (piece == NULL)
        return;
    ko_piece_release(&piece->read);
    ko_arena_release(&piece->arena);
    ko_mem_free(piece);
}

/* An export of which nothing could be read is in the books all the same. */
static enum ko_status note_trouble(struct ko_ledger *ledger, const char *why)
{
    ledger->format = KO_STR("none");
    ledger->damaged = true;
    return ko_ledger_remark(ledger, "not read: %s",
                            why[0] != '\0' ? why : "interrupted before");
}

static enum ko_status give_held(struct job *job, const struct job_piece *piece,
                                uint32_t index)
{
    struct ko_sink sink = ko_reducer_sink(job->ordered);
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < piece->held.n && st == KO_OK; i++) {
        struct ko_event *ev = &piece->held.v[i];
        ev->place.export_index = index;
        st = sink.take(sink.ctx, ev);
    }
    return st;
}

static enum ko_status finish_file(struct job *job, struct open_file *f, uint32_t index)
{
    const struct ko_ingest_file *file = &job->files[f->i];
    struct ko_ledger *ledger = &job->crew->ledgers[f->i];
    struct way way = way_of(job, f);
    way.reducer = job->ordered;
    way.marks = job->n > 1 ? &job->crew->marks[f->i] : NULL;
    struct ko_sink sink = {file->repeated ? discard : take, &way};
    enum ko_status st = f->pieces != NULL
                            ? ko_pieces_finish(f->pieces, index, ledger, &sink)
                            : note_trouble(ledger, f->trouble);
    for (size_t w = 0; w < job->n_workers && st == KO_OK; w++)
        st = ko_marks_merge(&job->crew->marks[f->i], &f->parts[w].marks);
    if (st == KO_OK && file->said.n > 0)
        st = ko_ledger_remark(ledger, "%.*s", KO_ARG(file->said));
    ko_marks_settle(&job->crew->marks[f->i]);
    if (job->crew->is_verbose && f->pieces != NULL)
        ko_io_say(job->crew->io, "%s: %llu of %llu records took the general path",
                  file->path, (unsigned long long)ko_pieces_general(f->pieces),
                  (unsigned long long)ledger->rows);
    return st;
}

static enum ko_status settle_piece(struct job *job, struct job_piece *piece)
{
    struct open_file *f = piece->of;
    uint32_t index = 0;
    enum ko_status st = KO_OK;
    if (piece->is_cut_off)
        st = ko_ledger_remark(&job->crew->ledgers[f->i],
                              "interrupted: what follows was not read");
    else if (f->pieces != NULL)
        st = ko_pieces_settle(f->pieces, &piece->read, &job->crew->ledgers[f->i]);
    if (st == KO_OK && !job->files[f->i].repeated)
        st = begin_export(job, &job->ordered, f, &index);
    if (st == KO_OK && piece->held.n > 0)
        st = give_held(job, piece, index);
    return st == KO_OK && piece->is_last ? finish_file(job, f, index) : st;
}

static enum ko_status settle(void *ctx, size_t worker, void *piece_ctx)
{
    struct job *job = ctx;
    struct job_piece *piece = piece_ctx;
    struct open_file *f = piece->of;
    bool is_last = piece->is_last;
    (void)worker;
    enum ko_status st = settle_piece(job, piece);
    free_piece(piece);
    if (is_last && st == KO_OK)
        close_file(job, f);
    return st;
}

static void drop(void *ctx, void *piece)
{
    (void)ctx;
    free_piece(piece);
}

/* ---- all of it ---- */

/* 0: one is no regular file. */
static uint64_t bytes_of_all(const struct ko_ingest *ing)
{
    uint64_t all = 0;
    for (size_t i = 0; i < ing->files.n; i++) {
        const struct ko_ingest_file *f = &ing->files.v[i];
        struct stat st;
        bool known = f->bytes.p == NULL && stat(f->path, &st) == 0 && S_ISREG(st.st_mode);
        if (!known && f->bytes.p == NULL)
            return 0;
        all += known ? (uint64_t)st.st_size : f->bytes.n;
    }
    return all;
}

static size_t workers_wanted(const struct ko_ingest *ing)
{
    size_t n = ing->threads > 0 ? ing->threads : 1;
    return n < KO_CREW_MAX ? n : KO_CREW_MAX;
}

/* Of the two, the one with more in it takes the other. */
static enum ko_status merge_all(struct job *job, struct ko_err *err)
{
    struct ko_reducer *all = NULL;
    enum ko_status st = KO_OK;
    for (size_t w = 0; w < job->n_workers; w++)
        ko_buf_release(&job->workers[w].room); /* memory is needed most from here on */
    for (size_t w = 0; w <= job->n_workers && st == KO_OK; w++) {
        struct ko_reducer **r =
            w < job->n_workers ? &job->workers[w].reducer : &job->ordered;
        if (all != NULL && *r != NULL)
            st = ko_reducer_merge(all, *r, err);
        else if (*r != NULL)
            all = *r;
        if (all != *r)
            ko_reducer_free(*r);
        *r = NULL;
    }
    if (all == NULL && st == KO_OK)
        all = ko_reducer_new(&job->crew->ing->reduce, err);
    job->crew->reducer = all;
    return all != NULL ? st : KO_ENOMEM;
}

static void release(struct job *job)
{
    for (size_t i = 0; job->opened != NULL && i < job->n; i++) {
        if (job->opened[i] != NULL)
            close_file(job, job->opened[i]);
    }
    ko_mem_free(job->opened);
    for (size_t w = 0; job->workers != NULL && w < job->n_workers; w++) {
        ko_reducer_free(job->workers[w].reducer);
        ko_buf_release(&job->workers[w].room);
    }
    ko_reducer_free(job->ordered);
    ko_mem_free(job->workers);
}

static enum ko_status explain(const struct job *job, enum ko_status st,
                              struct ko_err *err)
{
    if (st == KO_OK || st == KO_ENOMEM)
        return st == KO_OK ? st : ko_err_nomem(err);
    if (job->err.status == st && err != NULL) {
        *err = job->err;
        return st;
    }
    return ko_err_set(err, st, "the exports hold too many names");
}

enum ko_status ko_ingest_crew_read(struct ko_ingest_crew *crew, struct ko_err *err)
{
    struct job job = {.crew = crew,
                      .files = crew->ing->files.v,
                      .n = crew->ing->files.n,
                      .n_workers = workers_wanted(crew->ing)};
    const struct ko_crew_job steps = {&job, claim, work, settle, drop};
    job.bytes_total = bytes_of_all(crew->ing);
    job.max_marks = job.n > 0 ? crew->marks[0].ids.max : 0;
    job.workers = ko_mem_alloc(job.n_workers, sizeof *job.workers);
    job.opened = ko_mem_alloc(job.n, sizeof *job.opened);
    for (size_t w = 0; job.workers != NULL && w < job.n_workers; w++)
        ko_buf_init(&job.workers[w].room, KO_BUF_MAX);
    enum ko_status st = job.workers != NULL && job.opened != NULL
                            ? ko_crew_run(&steps, job.n_workers)
                            : KO_ENOMEM;
    st = explain(&job, st, err);
    if (st == KO_OK)
        st = merge_all(&job, err);
    release(&job);
    return st;
}
