/* read_load.c: the reading side alone: the events of each export, counted.
 * usage: read_load FILE… */
#include "base/mem.h"
#include "event/event.h"
#include "event/ledger.h"
#include "read/read.h"

#include <inttypes.h>
#include <stdio.h>

static enum ko_status take(void *ctx, const struct ko_event *ev)
{
    (void)ev;
    ++*(uint64_t *)ctx;
    return KO_OK;
}

static int read_one(const char *path)
{
    struct ko_arena arena = {0};
    struct ko_ledger ledger;
    uint64_t n = 0;
    struct ko_sink sink = {take, &n};
    if (ko_ledger_init(&ledger, &arena, ko_str(path)) != KO_OK ||
        ko_read_file(path, ko_str(path), NULL, &ledger, &sink, NULL) != KO_OK)
        return 1;
    printf("%" PRIu64 " events of %s\n", n, path);
    ko_arena_release(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed |= read_one(argv[i]);
    return failed;
}
