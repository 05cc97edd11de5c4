/* dump_events.c: print what the readers make of exports, one JSON object an event, and
 * the ledger of each file behind. */
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/num.h"
#include "read/read.h"

#include <stdio.h>
#include <string.h>

static void text(struct ko_buf *b, const char *key, struct ko_str s)
{
    if (s.n == 0)
        return;
    ko_json_key(b, key);
    ko_json_put_str(b, s);
}

static void integer(struct ko_buf *b, const char *key, int64_t n, bool said)
{
    if (!said)
        return;
    ko_json_key(b, key);
    ko_buf_printf(b, "%lld", (long long)n);
}

static void flag(struct ko_buf *b, const char *key, bool value)
{
    if (!value)
        return;
    ko_json_key(b, key);
    ko_buf_puts(b, "true");
}

static void texts(struct ko_buf *b, const struct ko_event *ev)
{
    text(b, "entity", ev->entity);
    text(b, "peer", ev->peer);
    text(b, "instance", ev->instance);
    text(b, "message", ev->message);
    text(b, "signal", ev->signal);
    text(b, "unit", ev->unit);
    text(b, "trace", ev->trace);
    text(b, "span", ev->span);
    text(b, "parent", ev->parent);
    text(b, "operation", ev->operation);
    text(b, "request", ev->request);
    text(b, "customer", ev->customer);
    text(b, "session", ev->session);
    text(b, "region", ev->region);
    text(b, "channel", ev->channel);
    text(b, "queue", ev->queue);
    text(b, "journey", ev->journey);
    text(b, "segment", ev->segment);
    text(b, "what", ev->what);
    text(b, "id", ev->id);
    text(b, "version", ev->version);
    text(b, "owner", ev->owner);
    text(b, "contact", ev->contact);
    text(b, "link", ev->link);
}

static void numbers(struct ko_buf *b, const struct ko_event *ev)
{
    integer(b, "line", (int64_t)ev->place.line, true);
    integer(b, "status", ev->status, ev->status != 0);
    integer(b, "dur_us", ev->dur / 1000, ev->dur >= 0);
    integer(b, "wait_s", ev->wait / KO_SECOND, ev->wait >= 0);
    integer(b, "handle_s", ev->handle / KO_SECOND, ev->handle >= 0);
    integer(b, "attempt", ev->attempt, ev->attempt != 0);
    if (ev->value == ev->value) {
        ko_json_key(b, "value");
        ko_num_put(b, ev->value);
    }
    flag(b, "abandoned", ev->abandoned);
    flag(b, "transferred", ev->transferred);
    flag(b, "async", ev->async);
    flag(b, "counter", ev->metric_kind == KO_METRIC_COUNTER);
}

static enum ko_status print_event(void *ctx, const struct ko_event *ev)
{
    static const char *const kinds[] = {"log",  "metric", "span", "change",  "contact",
                                        "edge", "entity", "step", "incident"};
    static const char *const outcomes[] = {"", "ok", "bad"};
    struct ko_buf *b = ctx;
    ko_buf_reset(b);
    ko_buf_puts(b, "{");
    text(b, "kind", ko_str(kinds[ev->kind]));
    if (ev->time != KO_TIME_NONE) {
        ko_json_key(b, "time");
        ko_buf_puts(b, "\"");
        ko_time_put(b, ev->time);
        ko_buf_puts(b, "\"");
    }
    if (ev->severity != KO_SEV_UNKNOWN)
        text(b, "severity", ko_str(ko_severity_name(ev->severity)));
    text(b, "outcome", ko_str(outcomes[ev->outcome]));
    texts(b, ev);
    numbers(b, ev);
    ko_buf_puts(b, "}\n");
    fwrite(b->p, 1, b->n, stdout);
    return KO_OK;
}

static enum ko_status count_event(void *ctx, const struct ko_event *ev)
{
    (void)ctx;
    (void)ev;
    return KO_OK;
}

static void print_ledger(const struct ko_ledger *l)
{
    fprintf(stderr, "%.*s: %.*s (%.*s), zone %.*s\n", KO_ARG(l->file), KO_ARG(l->format),
            KO_ARG(l->why), KO_ARG(l->zone));
    fprintf(stderr,
            "  %llu lines: %llu accepted %llu rejected %llu blank %llu header; "
            "%llu records, %llu without time%s%s%s\n",
            (unsigned long long)l->lines, (unsigned long long)l->lines_accepted,
            (unsigned long long)l->lines_rejected, (unsigned long long)l->lines_blank,
            (unsigned long long)l->lines_header, (unsigned long long)l->records,
            (unsigned long long)l->records_no_time, l->damaged ? " DAMAGED" : "",
            l->capped ? " CAPPED" : "",
            ko_ledger_check(l) ? "" : " ACCOUNT DOES NOT ADD UP");
    for (size_t i = 0; i < l->remarks.n; i++)
        fprintf(stderr, "  note: %.*s\n", KO_ARG(l->remarks.v[i]));
    for (size_t i = 0; i < l->samples.n; i++)
        fprintf(stderr, "  rejected line %llu (%s): %.*s\n",
                (unsigned long long)l->samples.v[i].line,
                ko_reject_name(l->samples.v[i].reason), KO_ARG(l->samples.v[i].text));
}

/* usage: dump_events [-c] FILE…   -c: count only */
int main(int argc, char **argv)
{
    struct ko_buf b;
    struct ko_arena arena = {0};
    int from = 1, failed = 0;
    struct ko_sink sink = {print_event, &b};
    ko_buf_init(&b, KO_BUF_MAX);
    if (argc > 1 && strcmp(argv[1], "-c") == 0) {
        sink.take = count_event;
        from = 2;
    }
    for (int i = from; i < argc; i++) {
        struct ko_ledger l;
        struct ko_err err = {0};
        if (ko_ledger_init(&l, &arena, ko_str(argv[i])) != KO_OK)
            return 1;
        if (ko_read_file(argv[i], ko_str(argv[i]), NULL, &l, &sink, &err) != KO_OK) {
            fprintf(stderr, "%s: %s\n", argv[i], err.text);
            failed = 1;
            continue;
        }
        print_ledger(&l);
        failed |= !ko_ledger_check(&l);
    }
    ko_buf_release(&b);
    ko_arena_release(&arena);
    return failed;
}
