/* pieces.c: one export cut at the borders of records, so that several threads can read
 * it and nobody can tell. */
#include "read/pieces.h"

#include "base/bytes.h"
#include "read/export.h"
#include "read/input.h"
#include "read/reading.h"

#include <string.h>

enum { BLOCK_BYTES = 64 << 10 };

struct ko_piece_reader {
    struct ko_pieces *of;
    struct ko_read_options opt; /* its own export_index and field_map_met */
    uint64_t met;
    struct ko_reading rd;
    struct ko_arena arena, record;
    bool knows_head; /* rd->state is that behind the head of the export, at least */
};

struct ko_pieces {
    struct ko_open_export e;
    struct ko_piece_reader *scout; /* has read the head; NULL: no cuts */
    uint64_t line, offset;         /* where the next piece begins */
    bool given;                    /* the last piece was */
    /* the whole of what is settled */
    struct ko_found found;
    uint64_t end_line, end_offset;
    uint64_t field_map_met, general;
};

/* ---- readers ---- */

struct ko_piece_reader *ko_piece_reader_new(struct ko_pieces *p, uint32_t export_index)
{
    struct ko_piece_reader *r = ko_mem_alloc(1, sizeof *r);
    if (r == NULL)
        return NULL;
    r->of = p;
    r->opt = *p->e.opt;
    r->opt.export_index = export_index;
    r->opt.field_map_met = &r->met;
    r->rd = (struct ko_reading){.name = p->e.name,
                                .stem = ko_read_stem(p->e.name),
                                .opt = &r->opt,
                                .arena = &r->arena,
                                .record = &r->record,
                                .dates = p->e.dates};
    ko_found_init(&r->rd.found);
    return r;
}

void ko_piece_reader_free(struct ko_piece_reader *r)
{
    if (r == NULL)
        return;
    if (r->rd.forget != NULL)
        r->rd.forget(r->rd.state);
    ko_log_memo_release(&r->rd.logs);
    ko_found_release(&r->rd.found);
    ko_arena_release(&r->record);
    ko_arena_release(&r->arena);
    ko_mem_free(r);
}

/* Whatever the reader left is counted, so that no byte is lost. */
static enum ko_status reject_rest(struct ko_reading *rd)
{
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        st = ko_reading_reject(rd, KO_REJECT_UNKNOWN_FORMAT);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? KO_OK : st;
}

static enum ko_status read_input(struct ko_piece_reader *r, struct ko_input *in,
                                 struct ko_ledger *ledger, const struct ko_sink *sink)
{
    struct ko_reading *rd = &r->rd;
    ledger->format = ko_str(r->of->e.format->name);
    ledger->why = ko_str(r->of->e.why);
    rd->in = in;
    rd->ledger = ledger;
    rd->sink = sink;
    enum ko_status st = r->of->e.format->read(rd);
    return st == KO_OK ? reject_rest(rd) : st;
}

static enum ko_status discard(void *ctx, const struct ko_event *ev)
{
    (void)ctx;
    (void)ev;
    return KO_OK;
}

/* Read the head of the export for what it tells of the rest, and nothing else. */
static enum ko_status learn_head(struct ko_piece_reader *r)
{
    struct ko_arena arena = {0};
    struct ko_ledger unused;
    struct ko_input in;
    const struct ko_sink nowhere = {discard, NULL};
    enum ko_status st = ko_ledger_init(&unused, &arena, r->of->e.name);
    ko_input_init_bytes(&in, r->of->e.head, r->opt.line_max_bytes);
    ko_input_at(&in, 1, r->of->e.bom);
    if (st == KO_OK)
        st = read_input(r, &in, &unused, &nowhere);
    ko_input_release(&in);
    ko_found_release(&r->rd.found);
    ko_arena_release(&arena);
    r->knows_head = true;
    return st;
}

/* ---- reading one piece ---- */

/* First what was cut off, then what comes. */
struct stream {
    struct ko_str first;
    struct ko_source rest;
};

static enum ko_status pull_stream(void *ctx, char *bytes, size_t n, size_t *ret_n,
                                  struct ko_err *err)
{
    struct stream *s = ctx;
    size_t from_first = n < s->first.n ? n : s->first.n;
    if (from_first > 0)
        memcpy(bytes, s->first.p, from_first);
    s->first = ko_str_skip(s->first, from_first);
    *ret_n = 0;
    enum ko_status st = from_first < n ? s->rest.pull(s->rest.ctx, bytes + from_first,
                                                      n - from_first, ret_n, err)
                                       : KO_OK;
    *ret_n += from_first;
    return st;
}

static enum ko_status init_piece(struct ko_piece_reader *r, struct ko_piece *piece,
                                 const struct ko_ledger *ledger)
{
    enum ko_status st = ko_ledger_init(&piece->ledger, &piece->arena, ledger->file);
    ko_buf_init(&piece->rejects, KO_BUF_MAX);
    piece->ledger.mask = ledger->mask;
    piece->ledger.rejected_to = ledger->rejected_to != NULL ? &piece->rejects : NULL;
    r->met = 0;
    r->rd.is_later = piece->is_later;
    return st == KO_OK && piece->is_later && !r->knows_head ? learn_head(r) : st;
}

static enum ko_status read_piece(struct ko_piece_reader *r, struct ko_piece *piece,
                                 const struct ko_sink *sink)
{
    struct ko_input in = {0};
    struct stream stream = {piece->bytes, r->of->e.text};
    enum ko_status st = KO_OK;
    if (piece->is_stream)
        st = ko_input_init(&in, (struct ko_source){pull_stream, &stream},
                           r->opt.line_max_bytes);
    else
        ko_input_init_bytes(&in, piece->bytes, r->opt.line_max_bytes);
    ko_input_at(&in, piece->line, piece->offset);
    if (st == KO_OK)
        st = read_input(r, &in, &piece->ledger, sink);
    piece->line = ko_input_line_number(&in);
    piece->offset = ko_input_offset(&in);
    ko_input_release(&in);
    return st;
}

enum ko_status ko_piece_read(struct ko_piece_reader *r, struct ko_piece *piece,
                             const struct ko_ledger *ledger, const struct ko_sink *sink)
{
    enum ko_status st = init_piece(r, piece, ledger);
    if (st == KO_OK)
        st = read_piece(r, piece, sink);
    r->knows_head = true;
    piece->found = r->rd.found;
    piece->field_map_met = r->met;
    ko_found_init(&r->rd.found);
    return st;
}

void ko_piece_release(struct ko_piece *piece)
{
    ko_found_release(&piece->found);
    ko_buf_release(&piece->rejects);
    ko_arena_release(&piece->arena);
    *piece = (struct ko_piece){0};
}

/* ---- cutting ---- */

/* Is the format one that can be cut, and does the head tell all that its rows need? */
static enum ko_status find_scout(struct ko_pieces *p)
{
    if (p->e.format->cut == NULL || p->e.at_end)
        return KO_OK;
    p->scout = ko_piece_reader_new(p, 0);
    if (p->scout == NULL)
        return KO_ENOMEM;
    enum ko_status st = learn_head(p->scout);
    if (st == KO_OK && !p->scout->rd.is_settled) {
        ko_piece_reader_free(p->scout);
        p->scout = NULL;
    }
    return st;
}

enum ko_status ko_pieces_open(const char *path, struct ko_str bytes, struct ko_str name,
                              const struct ko_read_options *opt, struct ko_pieces **ret,
                              struct ko_err *err)
{
    struct ko_pieces *p = ko_mem_alloc(1, sizeof *p);
    if (p == NULL)
        return ko_err_nomem(err);
    ko_found_init(&p->found);
    enum ko_status st = ko_export_open(&p->e, path, bytes, name, opt, err);
    if (st == KO_OK && find_scout(p) != KO_OK)
        st = ko_err_nomem(err);
    p->line = p->end_line = 1;
    p->offset = p->end_offset = p->e.bom;
    if (st == KO_OK)
        *ret = p;
    else
        ko_pieces_close(p);
    return st;
}

/* The first ${n} bytes of ${room} are the piece, the others wait for the next one. */
static enum ko_status give(struct ko_pieces *p, struct ko_buf *room, size_t n,
                           struct ko_piece *piece)
{
    ko_buf_put(&p->e.waiting, ko_str_skip(ko_buf_str(room), n));
    room->n = n;
    piece->bytes = ko_buf_str(room);
    p->line += ko_bytes_count(piece->bytes.p, piece->bytes.n, '\n');
    p->offset += n;
    return p->e.waiting.status;
}

/* All that is left, as it comes. */
static enum ko_status give_rest(struct ko_pieces *p, struct ko_buf *room,
                                struct ko_piece *piece)
{
    piece->is_stream = !p->e.at_end;
    piece->bytes = ko_buf_str(room);
    p->given = true;
    return KO_OK;
}

static enum ko_status fill_to(struct ko_pieces *p, struct ko_buf *room, size_t n)
{
    enum ko_status st = KO_OK;
    while (st == KO_OK && room->n < n && !p->e.at_end) {
        size_t more = n - room->n < BLOCK_BYTES ? n - room->n : BLOCK_BYTES;
        st = ko_export_fill(&p->e, room, more);
    }
    return st;
}

/* The first piece holds the whole head: what readers learn from that was told there. */
static enum ko_status cut_one(struct ko_pieces *p, struct ko_buf *room,
                              struct ko_piece *piece)
{
    size_t asked = p->e.opt->piece_bytes, least = piece->is_later ? 1 : p->e.head.n;
    for (size_t n = asked > 0 ? asked : KO_PIECE_BYTES; n <= KO_PIECE_BYTES_MAX; n *= 2) {
        enum ko_status st = fill_to(p, room, n);
        if (st != KO_OK)
            return st;
        if (p->e.at_end)
            break;
        size_t cut = p->e.format->cut(&p->scout->rd, ko_buf_str(room), p->offset);
        if (cut >= least)
            return give(p, room, cut, piece);
    }
    return give_rest(p, room, piece);
}

enum ko_status ko_pieces_next(struct ko_pieces *p, struct ko_buf *room,
                              struct ko_piece *piece)
{
    if (p->given)
        return KO_END;
    *piece = (struct ko_piece){
        .line = p->line, .offset = p->offset, .is_later = p->offset > p->e.bom};
    ko_buf_reset(room);
    ko_buf_put(room, ko_buf_str(&p->e.waiting));
    ko_buf_reset(&p->e.waiting);
    if (room->status != KO_OK)
        return room->status;
    return p->scout != NULL ? cut_one(p, room, piece) : give_rest(p, room, piece);
}

void ko_pieces_stop(struct ko_pieces *p)
{
    p->given = true;
}

uint64_t ko_pieces_consumed(const struct ko_pieces *p)
{
    return ko_layers_bytes(&p->e.layers);
}

uint64_t ko_pieces_general(const struct ko_pieces *p)
{
    return p->general;
}

bool ko_pieces_are_given(const struct ko_pieces *p)
{
    return p->given;
}

/* ---- putting together ---- */

/* The first piece that knows better than the table of formats has its word. */
static void forget_general_format(const struct ko_pieces *p, const struct ko_piece *piece,
                                  struct ko_ledger *ledger)
{
    struct ko_str row = ko_str(p->e.format->name);
    if (ko_str_eq(ledger->format, row) && !ko_str_eq(piece->ledger.format, row))
        ledger->format = ledger->why = (struct ko_str){0};
}

enum ko_status ko_pieces_settle(struct ko_pieces *p, struct ko_piece *piece,
                                struct ko_ledger *ledger)
{
    p->end_line = piece->line;
    p->end_offset = piece->offset;
    p->field_map_met |= piece->field_map_met;
    forget_general_format(p, piece, ledger);
    enum ko_status st = ko_found_add(&p->found, &piece->found, ledger);
    return st == KO_OK ? ko_ledger_add(ledger, &piece->ledger) : st;
}

static enum ko_status finish(struct ko_pieces *p, struct ko_piece_reader *r,
                             struct ko_ledger *ledger, const struct ko_sink *sink)
{
    struct ko_input end;
    const struct ko_tap *tap = &p->e.tap;
    struct ko_origin origin = {.bytes = tap->bytes - p->e.waiting.n,
                               .hash = ko_digest_get(&tap->digest),
                               .bom = p->e.bom,
                               .damaged = tap->damaged,
                               .why = tap->why};
    ko_input_init_bytes(&end, KO_STR(""), 0);
    ko_input_at(&end, p->end_line, p->end_offset);
    r->rd.in = &end;
    r->rd.ledger = ledger;
    r->rd.sink = sink;
    r->rd.found = p->found;
    p->general = p->found.general;
    ko_found_init(&p->found);
    enum ko_status st = ko_reading_finish(&r->rd, &origin);
    return st == KO_OK ? ko_export_judge(&p->e, ledger) : st;
}

enum ko_status ko_pieces_finish(struct ko_pieces *p, uint32_t export_index,
                                struct ko_ledger *ledger, const struct ko_sink *sink)
{
    struct ko_piece_reader *r = ko_piece_reader_new(p, export_index);
    if (r == NULL)
        return KO_ENOMEM;
    enum ko_status st = finish(p, r, ledger, sink);
    if (p->e.opt->field_map_met != NULL)
        *p->e.opt->field_map_met |= p->field_map_met;
    ko_piece_reader_free(r);
    return st;
}

void ko_pieces_close(struct ko_pieces *p)
{
    if (p == NULL)
        return;
    ko_piece_reader_free(p->scout);
    ko_found_release(&p->found);
    ko_export_release(&p->e);
    ko_mem_free(p);
}
