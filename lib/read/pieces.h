/* pieces.h: one export cut at the borders of records, so that several threads can read
 * it and nobody can tell. */
#ifndef KO_READ_PIECES_H
#define KO_READ_PIECES_H

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "event/ledger.h"
#include "read/found.h"
#include "read/read.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 *                      +--> ko_piece_read (thread 1) --+
 *   ko_pieces_next ----+                               +--> ko_pieces_settle --> _finish
 *   one at a time,     +--> ko_piece_read (thread 2) --+    in the order of next
 *   in order                in any order
 *
 * A format that can be cut says so in the table of formats; an export of any other, one
 * that fits into a piece, and what follows a place where no border can be found in time
 * are one piece, read from the source as it comes.
 */
struct ko_pieces;

/* What one piece was, and what became of it; zeroed before its first use, again and again
 * after ko_piece_release. */
struct ko_piece {
    struct ko_str bytes;   /* of the piece, or the first of them */
    bool is_stream;        /* the rest comes from the source; the last piece */
    bool is_later;         /* not the first one */
    uint64_t line, offset; /* where it begins; where it ended once it was read */
    /* what reading it gave */
    struct ko_arena arena;
    struct ko_ledger ledger;
    struct ko_buf rejects;
    struct ko_found found;
    uint64_t field_map_met;
};

/* The reader of one thread for one export. */
struct ko_piece_reader;

enum { KO_PIECE_BYTES = 1 << 20, KO_PIECE_BYTES_MAX = 16 << 20 };

/*
 * ko_pieces_open(path, bytes, name, opt, ret, err):
 * Open the export at ${path}, or, where bytes.p is not NULL, that of ${bytes}; find its
 * format.  ${opt} and what it points to must outlive ${ret}.
 *
 * Owns:    the caller, until ko_pieces_close
 * Errors:  as ko_read_file
 */
KO_WARN_UNUSED enum ko_status ko_pieces_open(const char *path, struct ko_str bytes,
                                             struct ko_str name,
                                             const struct ko_read_options *opt,
                                             struct ko_pieces **ret, struct ko_err *err);

/*
 * ko_pieces_next(p, room, piece):
 * Cut the next piece off.  Its bytes stand in ${room}, which must stay as it is until the
 * piece is read.
 *
 * Errors:  KO_END; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_pieces_next(struct ko_pieces *p, struct ko_buf *room,
                                             struct ko_piece *piece);
/* ko_pieces_stop(p): There is no time for the rest: no piece more is given, and what was
 * not given is in no account. */
void ko_pieces_stop(struct ko_pieces *p);
/* ko_pieces_consumed(p): Bytes of the export, as it lies there, that were taken so far.
 */
uint64_t ko_pieces_consumed(const struct ko_pieces *p);
/* ko_pieces_general(p): All pieces are settled: how many records took the general path of
 * their format, since the fast one did not know their kind. */
uint64_t ko_pieces_general(const struct ko_pieces *p);
/* ko_pieces_are_given(p): Was the last piece given? */
bool ko_pieces_are_given(const struct ko_pieces *p);

/* ko_piece_reader_new(p, export_index): A reader whose events name ${export_index}; NULL
 * when out of memory. */
KO_WARN_UNUSED struct ko_piece_reader *ko_piece_reader_new(struct ko_pieces *p,
                                                           uint32_t export_index);
void ko_piece_reader_free(struct ko_piece_reader *r);

/*
 * ko_piece_read(r, piece, ledger, sink):
 * Give the events of ${piece} to ${sink}.  ${ledger}, that of the export, says whether
 * and how rejected records are written down; it is not touched.
 *
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_piece_read(struct ko_piece_reader *r,
                                            struct ko_piece *piece,
                                            const struct ko_ledger *ledger,
                                            const struct ko_sink *sink);
void ko_piece_release(struct ko_piece *piece);

/* ko_pieces_settle(p, piece, ledger): Take what reading ${piece} gave into the account of
 * the export.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status
ko_pieces_settle(struct ko_pieces *p, struct ko_piece *piece, struct ko_ledger *ledger);

/*
 * ko_pieces_finish(p, export_index, ledger, sink):
 * All pieces are settled: give ${sink} the events that only the whole export tells, and
 * close its account.
 *
 * Errors:  KO_ENOMEM; what the sink returned
 */
KO_WARN_UNUSED enum ko_status ko_pieces_finish(struct ko_pieces *p, uint32_t export_index,
                                               struct ko_ledger *ledger,
                                               const struct ko_sink *sink);

/* ko_pieces_close(p): Give all back; NULL is a no-op. */
void ko_pieces_close(struct ko_pieces *p);

#endif
