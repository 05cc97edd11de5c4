/* fuzz_text.c: any bytes as a text log: every line parser, and the account of the whole.
 */
#include "event/ledger.h"
#include "read/read.h"
#include "read/text_line.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static enum ko_status take(void *ctx, const struct ko_event *ev)
{
    size_t *n = ctx;
    ++*n;
    must(ev->dur >= -1 && ev->attempt >= 0);
    return KO_OK;
}

static void check_lines(struct ko_str rest)
{
    static const struct ko_text_hint hint = {.last_number = 1000};
    struct ko_str line;
    while (ko_str_cut(&rest, '\n', &line)) {
        for (size_t i = 0; i < ko_text_formats_n; i++) {
            struct ko_text_line l;
            if (ko_text_formats[i].parse(line, &hint, &l) == KO_OK && l.ev.message.n > 0)
                must(l.ev.message.p >= line.p &&
                     l.ev.message.p + l.ev.message.n <= line.p + line.n);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ko_read_options forced = {.format = KO_STR_INIT("text"),
                                                  .line_max_bytes = 4096};
    struct ko_str whole = {(const char *)data, size};
    struct ko_arena arena = {0};
    struct ko_ledger ledger;
    size_t events = 0;
    struct ko_sink sink = {take, &events};
    if (size == 0)
        return 0;
    check_lines(whole);
    must(ko_ledger_init(&ledger, &arena, KO_STR("fuzz.log")) == KO_OK);
    must(ko_read_bytes(whole, KO_STR("fuzz.log"), &forced, &ledger, &sink, NULL) ==
         KO_OK);
    must(ko_ledger_check(&ledger));
    must(ledger.bytes == size && ledger.records == events);
    ko_arena_release(&arena);
    return 0;
}
