/* scratch.h: a buffer for text on its way to a document; its lack of memory is the
 * document's. */
#ifndef KO_SHOW_SCRATCH_H
#define KO_SHOW_SCRATCH_H

#include "base/buf.h"

/*
 * ko_scratch_clear(text, out), ko_scratch_end(text, out):
 * Empty ${text} for the next piece, or free it.  If memory ran out in it, ${out} gets
 * that status: a document with a piece missing must not look whole.  A piece that was
 * longer than text->max_bytes is a cut piece, not a failure.
 */
void ko_scratch_clear(struct ko_buf *text, struct ko_buf *out);
void ko_scratch_end(struct ko_buf *text, struct ko_buf *out);

#endif
