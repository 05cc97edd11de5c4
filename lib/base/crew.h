/* crew.h: several threads over a sequence of pieces whose order matters. */
#ifndef KO_BASE_CREW_H
#define KO_BASE_CREW_H

#include "base/status.h"

#include <stddef.h>

/*
 * What is done to each piece.  ${worker} is the number of the thread, from 0.
 *
 * claim(ctx, worker, ret)    get the next piece; KO_END when there is none.  One thread
 * at a time work(ctx, worker, piece)   in any order, all threads at once settle(ctx,
 * worker, piece) in the order of claims, one thread at a time, but beside claim and work
 * of other pieces; always called for a claimed piece unless one before it failed
 * drop(ctx, piece)           free a piece that will not be settled; NULL where a failed
 *                            claim gave none
 *
 * What one of them wrote is seen by those that come later for the same piece, and by
 * every later settle.
 */
struct ko_crew_job {
    void *ctx;
    enum ko_status (*claim)(void *ctx, size_t worker, void **ret_piece);
    enum ko_status (*work)(void *ctx, size_t worker, void *piece);
    enum ko_status (*settle)(void *ctx, size_t worker, void *piece);
    void (*drop)(void *ctx, void *piece);
};

/* Most threads, and most pieces that may be claimed and not settled. */
enum { KO_CREW_MAX = 64, KO_CREW_WINDOW = 4 * KO_CREW_MAX };

/*
 * ko_crew_run(job, workers):
 * Do ${job} to all pieces with at most ${workers} threads, this one among them; where the
 * system gives no more threads, with those that there are.
 *
 * Returns: KO_OK, or the status of the first piece, in order, at which something failed:
 *          nothing behind it was settled.  A claim that fails counts as a piece
 */
KO_WARN_UNUSED enum ko_status ko_crew_run(const struct ko_crew_job *job, size_t workers);

#endif
