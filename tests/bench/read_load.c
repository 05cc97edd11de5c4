/* read_load.c: the reading side alone: every event of the exports named, counted or
 * printed.
 * usage: read_load [-p] FILE…
 */
#include "base/file.h"
#include "base/mem.h"
#include "event/event.h"
#include "event/ledger.h"
#include "read/read.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static bool print;

static void put(const char *name, struct ko_str s)
{
    if (s.n > 0)
        printf(" %s=%.*s", name, KO_ARG(s));
}

static void put_flags(const struct ko_event *ev)
{
    printf(" %d%d%d%d%d%d%d%d%d\n", ev->has_zone, ev->peer_is_caller, ev->async,
           ev->transferred, ev->abandoned, ev->fallback, ev->handoff, ev->handoff_failed,
           ev->auth_failed);
}

static enum ko_status take(void *ctx, const struct ko_event *ev)
{
    ++*(uint64_t *)ctx;
    if (!print)
        return KO_OK;
    const struct {
        const char *name;
        struct ko_str text;
    } texts[] = {{"entity", ev->entity},     {"peer", ev->peer},
                 {"instance", ev->instance}, {"message", ev->message},
                 {"signal", ev->signal},     {"unit", ev->unit},
                 {"trace", ev->trace},       {"span", ev->span},
                 {"parent", ev->parent},     {"operation", ev->operation},
                 {"request", ev->request},   {"customer", ev->customer},
                 {"session", ev->session},   {"region", ev->region},
                 {"channel", ev->channel},   {"queue", ev->queue},
                 {"journey", ev->journey},   {"segment", ev->segment},
                 {"what", ev->what},         {"id", ev->id},
                 {"version", ev->version},   {"owner", ev->owner},
                 {"contact", ev->contact},   {"link", ev->link}};
    printf("%d %" PRIu64 ":%" PRIu64 " t=%" PRId64 " %d %d st=%" PRId64 " d=%" PRId64
           " v=%.17g k=%d a=%" PRId64 " w=%" PRId64 " h=%" PRId64,
           ev->kind, ev->place.line, ev->place.offset, ev->time, ev->severity,
           ev->outcome, ev->status, ev->dur, ev->value, ev->metric_kind, ev->attempt,
           ev->wait, ev->handle);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put(texts[i].name, texts[i].text);
    put_flags(ev);
    return KO_OK;
}

static void put_ledger(const struct ko_ledger *l)
{
    printf("ledger %.*s|%.*s|%.*s|%.*s|%.*s", KO_ARG(l->format), KO_ARG(l->zone),
           KO_ARG(l->time_field), KO_ARG(l->entity_field), KO_ARG(l->units));
    printf(" %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " rows %" PRIu64 "\n",
           l->bytes, l->bytes_accepted, l->bytes_rejected, l->bytes_header, l->rows);
    for (int i = 0; i < KO_REJECT_COUNT; i++)
        printf(l->rejects[i] > 0 ? "%s %" PRIu64 "\n" : "",
               ko_reject_name((enum ko_reject)i), l->rejects[i]);
    for (size_t i = 0; i < l->remarks.n; i++)
        printf("# %.*s\n", KO_ARG(l->remarks.v[i]));
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
    if (print)
        put_ledger(&ledger);
    else
        printf("%" PRIu64 " events of %s\n", n, path);
    ko_arena_release(&arena);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = 0;
    print = argc > 1 && strcmp(argv[1], "-p") == 0;
    for (int i = print ? 2 : 1; i < argc; i++)
        failed |= read_one(argv[i]);
    return failed;
}
