/* fuzz_template.c: any bytes as a log message: masked alike each time, bounded, and cut
 * alike in one step or two. */
#include "reduce/mask.h"
#include "reduce/names.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_cuts(struct ko_str text)
{
    struct ko_buf once, twice, step;
    ko_buf_init(&once, KO_BUF_MAX);
    ko_buf_init(&twice, KO_BUF_MAX);
    ko_buf_init(&step, KO_BUF_MAX);
    for (int level = 1; level < KO_MASK_LEVELS; level++) {
        ko_buf_reset(&once);
        ko_buf_reset(&twice);
        ko_buf_reset(&step);
        ko_mask_coarsen(text, level, &once);
        ko_mask_coarsen(text, level - 1, &step);
        ko_mask_coarsen(ko_buf_str(&step), level, &twice);
        check(ko_str_eq(ko_buf_str(&once), ko_buf_str(&twice)));
    }
    ko_buf_release(&once);
    ko_buf_release(&twice);
    ko_buf_release(&step);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ko_str message = {(const char *)data, size};
    struct ko_buf text, again, masked;
    ko_buf_init(&text, KO_BUF_MAX);
    ko_buf_init(&again, KO_BUF_MAX);
    ko_buf_init(&masked, KO_BUF_MAX);
    ko_mask_template(message, &text);
    ko_mask_template(message, &again);
    check(text.status == KO_OK && ko_str_eq(ko_buf_str(&text), ko_buf_str(&again)));
    check(text.n <= 4 * KO_MASK_BYTES); /* a hole is longer than the digit it hides */
    check_cuts(ko_buf_str(&text));
    ko_mask_private(ko_str_sub(message, 0, KO_MASK_BYTES), &masked);
    check(masked.status == KO_OK && masked.n <= 8 * KO_MASK_BYTES);
    check(ko_name_strip(message).n <= size);
    ko_buf_release(&text);
    ko_buf_release(&again);
    ko_buf_release(&masked);
    return 0;
}
