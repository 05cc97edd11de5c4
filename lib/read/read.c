/* read.c: one export in, events out, in one thread. */
#include "read/read.h"

#include "read/pieces.h"

static const struct ko_read_options no_options = {0};

static enum ko_status read_piece(struct ko_pieces *p, struct ko_piece_reader *r,
                                 struct ko_piece *piece, struct ko_ledger *ledger,
                                 const struct ko_sink *sink)
{
    enum ko_status st = ko_piece_read(r, piece, ledger, sink);
    enum ko_status settled = ko_pieces_settle(p, piece, ledger);
    ko_piece_release(piece);
    return st != KO_OK ? st : settled;
}

static enum ko_status read_pieces(struct ko_pieces *p, struct ko_piece_reader *r,
                                  uint32_t export_index, struct ko_ledger *ledger,
                                  const struct ko_sink *sink)
{
    struct ko_buf room;
    struct ko_piece piece = {0};
    enum ko_status st;
    ko_buf_init(&room, KO_BUF_MAX);
    while ((st = ko_pieces_next(p, &room, &piece)) == KO_OK) {
        st = read_piece(p, r, &piece, ledger, sink);
        if (st != KO_OK)
            break;
    }
    ko_buf_release(&room);
    return st == KO_END ? ko_pieces_finish(p, export_index, ledger, sink) : st;
}

static enum ko_status read_export(const char *path, struct ko_str bytes,
                                  struct ko_str name, const struct ko_read_options *opt,
                                  struct ko_ledger *ledger, const struct ko_sink *sink,
                                  struct ko_err *err)
{
    struct ko_pieces *p;
    opt = opt != NULL ? opt : &no_options;
    enum ko_status st = ko_pieces_open(path, bytes, name, opt, &p, err);
    if (st != KO_OK)
        return st;
    struct ko_piece_reader *r = ko_piece_reader_new(p, opt->export_index);
    st = r != NULL ? read_pieces(p, r, opt->export_index, ledger, sink) : KO_ENOMEM;
    ko_piece_reader_free(r);
    ko_pieces_close(p);
    return st == KO_ENOMEM ? ko_err_nomem(err) : st;
}

enum ko_status ko_read_file(const char *path, struct ko_str name,
                            const struct ko_read_options *opt, struct ko_ledger *ledger,
                            const struct ko_sink *sink, struct ko_err *err)
{
    return read_export(path, (struct ko_str){0}, name, opt, ledger, sink, err);
}

enum ko_status ko_read_bytes(struct ko_str bytes, struct ko_str name,
                             const struct ko_read_options *opt, struct ko_ledger *ledger,
                             const struct ko_sink *sink, struct ko_err *err)
{
    if (bytes.p == NULL)
        bytes.p = "";
    return read_export(NULL, bytes, name, opt, ledger, sink, err);
}
