/* fuzz_read.h: read bytes by one format; abort when the account does not add up. */
#ifndef KO_FUZZ_READ_H
#define KO_FUZZ_READ_H

#include "read/layers.h"
#include "read/read.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline enum ko_status fuzz_take(void *ctx, const struct ko_event *ev)
{
    uint64_t *lines = ctx;
    *lines += ev->place.line; /* so that every event is looked at */
    return KO_OK;
}

static inline int fuzz_read(const uint8_t *data, size_t size, struct ko_str format)
{
    uint64_t lines = 0;
    struct ko_arena arena = {0};
    struct ko_ledger ledger;
    struct ko_sink sink = {fuzz_take, &lines};
    struct ko_read_options opt = {.format = format, .line_max_bytes = 4096};
    struct ko_str bytes = {(const char *)data, size};
    if (ko_ledger_init(&ledger, &arena, KO_STR("fuzz")) != KO_OK)
        abort();
    if (ko_read_bytes(bytes, KO_STR("fuzz"), &opt, &ledger, &sink, NULL) != KO_OK ||
        !ko_ledger_check(&ledger) || (ledger.bytes != size && !ko_layers_needed(bytes)))
        abort();
    ko_arena_release(&arena);
    return 0;
}

#endif
