/* scratch.c: a buffer for text on its way to a document. */
#include "show/scratch.h"

void ko_scratch_clear(struct ko_buf *text, struct ko_buf *out)
{
    if (text->status == KO_ENOMEM && out->status == KO_OK)
        out->status = KO_ENOMEM;
    ko_buf_reset(text);
}

void ko_scratch_end(struct ko_buf *text, struct ko_buf *out)
{
    ko_scratch_clear(text, out);
    ko_buf_release(text);
}
