/* gen_load.c: exports of any size for timing, the same bytes for the same options.
 * usage: gen_load FORMAT [-n LINES] [-b BYTES] [-s SERVICES] [-m METRICS] [-r RATE]
 *                 [-o ODD] [-k ROTATE] [-q QUOTED] [-l LATE_MS] [-S SEED] [-x]
 * FORMAT is jsonl, logfmt, logback, access, long or wide. */
#include "gen_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the log formats ---- */

/* Now and then what a JSON string or a quoted value has to escape. */
static void put_message(const struct load *l, const struct happening *h)
{
    put(h->message, h->message_n);
    if (l->odd > 0 && draw(l->odd) == 0)
        put_text(" f\xc3\xbcr \\\"Stra\xc3\x9f"
                 "e\\\" \\\\srv\\\\a");
}

static void put_key(const char *key, bool first)
{
    put_text(first ? "{\"" : ",\"");
    put_text(key);
    put_text("\":");
}

static void put_string(const char *key, const char *value)
{
    put_key(key, false);
    put_char('"');
    put_text(value);
    put_char('"');
}

static void put_told(const struct load *l, const struct happening *h)
{
    put_string("level", level_names[h->level]);
    put_key("service", false);
    put_char('"');
    put_service(h->service);
    put_text("\"");
    put_key("msg", false);
    put_char('"');
    put_message(l, h);
    put_char('"');
}

static void put_measured(const struct happening *h)
{
    put_key("trace_id", false);
    put_char('"');
    put_hex(h->trace[0]);
    put_hex(h->trace[1]);
    put_char('"');
    put_key("duration_ms", false);
    put_millis(h->micros);
    put_key("status", false);
    put_number(h->status);
    put_string("region", region_names[h->region]);
    put_string("channel", channel_names[h->channel]);
    put_key("attempt", false);
    put_number(h->attempt);
}

static void write_jsonl(const struct load *l)
{
    struct happening h;
    next_happening(l, &h);
    put_key("ts", true);
    put_char('"');
    put_stamp(h.ms, 'T');
    put_text("Z\"");
    if (l->rotate > 0 && draw(l->rotate) == 0) {
        put_measured(&h);
        put_told(l, &h);
    } else {
        put_told(l, &h);
        put_measured(&h);
    }
    if (h.peer != h.service) {
        put_key("upstream_service", false);
        put_char('"');
        put_service(h.peer);
        put_char('"');
    }
    put_text("}\n");
}

static void put_tail(const struct happening *h)
{
    put_text(" status=");
    put_number(h->status);
    put_text(" region=");
    put_text(region_names[h->region]);
    put_text(" channel=");
    put_text(channel_names[h->channel]);
    put_text(" attempt=");
    put_number(h->attempt);
}

static void write_logfmt(const struct load *l)
{
    struct happening h;
    next_happening(l, &h);
    put_text("ts=");
    put_stamp(h.ms, 'T');
    put_text("Z level=");
    put_text(level_names[h.level]);
    put_text(" service=");
    put_service(h.service);
    put_text(" msg=\"");
    put_message(l, &h);
    put_text("\" trace_id=");
    put_hex(h.trace[0]);
    put_hex(h.trace[1]);
    put_text(" duration_ms=");
    put_millis(h.micros);
    put_tail(&h);
    put_char('\n');
}

static void put_stack(void)
{
    put_text("java.util.concurrent.TimeoutException: no answer\n");
    for (unsigned depth = 6 + draw(12); depth > 0; depth--) {
        put_text("\tat com.example.flow.Step");
        put_number(draw(40));
        put_text(".run(Step.java:");
        put_number(draw(900));
        put_text(")\n");
    }
}

static void write_logback(const struct load *l)
{
    struct happening h;
    next_happening(l, &h);
    put_stamp(h.ms, ' ');
    put_text(h.level == 1 || h.level == 2 ? "  " : " ");
    put_text(level_names[h.level]);
    put_text(" [");
    put_service(h.service);
    put_char(',');
    put_hex(h.trace[0]);
    put_hex(h.trace[1]);
    put_text("] 1 --- [exec-");
    put_number(draw(32));
    put_text("] c.example.flow.Handler : ");
    put(h.message, h.message_n);
    put_tail(&h);
    put_text(" took ");
    put_millis(h.micros);
    put_text(" ms\n");
    if (h.level == 3 && draw(20) == 0)
        put_stack();
}

static void put_address(void)
{
    for (unsigned i = 0; i < 4; i++) {
        if (i > 0)
            put_char('.');
        put_number(1 + draw(254));
    }
}

static void write_access(const struct load *l)
{
    static const char *const methods[] = {"GET", "GET", "GET", "POST", "PUT"};
    struct happening h;
    next_happening(l, &h);
    put_address();
    put_text(" - - [");
    put_clf_stamp(h.ms);
    put_text("] \"");
    put_text(methods[draw(5)]);
    put_text(" /");
    put_service(h.service);
    put_text("/v1/orders/");
    put_number(draw(1000000));
    put_text("?channel=");
    put_text(channel_names[h.channel]);
    put_text(" HTTP/1.1\" ");
    put_number(h.status);
    put_char(' ');
    put_number(draw(1000000));
    put_text(" \"https://shop.example.com/");
    put_text(region_names[h.region]);
    put_text("\" \"Mozilla/5.0 (X11; Linux x86_64)\" ");
    put_digits(h.micros / 1000000, 1);
    put_char('.');
    put_digits(h.micros / 1000 % 1000, 3);
    put_char('\n');
}

/* ---- the metric formats ---- */

static const char *const metric_names[] = {
    "cpu_usage",  "memory_bytes", "requests_total", "errors_total", "latency_p95_ms",
    "open_conns", "queue_depth",  "gc_pause_ms",    "threads",      "disk_used_bytes"};
enum { METRICS = sizeof metric_names / sizeof *metric_names };

static void put_metric(unsigned i)
{
    put_text(metric_names[i % METRICS]);
    if (i >= METRICS) {
        put_char('_');
        put_number(i / METRICS);
    }
}

static void put_value(void)
{
    put_number(100 + draw(900));
    put_char('.');
    put_digits(draw(1000), 3);
}

static void write_long(const struct load *l)
{
    uint64_t series = (uint64_t)l->services * l->metrics;
    uint64_t at = l->shuffle ? draw((uint32_t)series) : l->at % series;
    unsigned service = (unsigned)(at / l->metrics);
    bool quoted = l->quoted > 0 && draw(l->quoted) == 0;
    if (l->at == 0)
        put_text("timestamp,service,metric,value\n");
    put_stamp(l->start_ms + (int64_t)(l->at / series * 15000), 'T');
    put_text(quoted ? "Z,\"" : "Z,");
    put_service(service);
    put_text(quoted ? "\"," : ",");
    put_metric((unsigned)(at % l->metrics));
    put_char(',');
    put_value();
    put_char('\n');
}

static void write_wide(const struct load *l)
{
    unsigned columns = l->services * l->metrics;
    if (l->at == 0) {
        put_text("time");
        for (unsigned i = 0; i < columns; i++) {
            put_char(',');
            put_service(i / l->metrics);
            put_char('_');
            put_metric(i % l->metrics);
        }
        put_char('\n');
    }
    put_number((uint64_t)l->start_ms / 1000 + l->at);
    for (unsigned i = 0; i < columns; i++) {
        put_char(',');
        put_value();
    }
    put_char('\n');
}

static const struct {
    const char *name;
    void (*write)(const struct load *);
    unsigned services, metrics; /* unless options say otherwise */
} formats[] = {
    {"jsonl", write_jsonl, 60, 1},     {"logfmt", write_logfmt, 60, 1},
    {"logback", write_logback, 60, 1}, {"access", write_access, 60, 1},
    {"long", write_long, 60, 40},      {"wide", write_wide, 10, 40},
};

static int usage(void)
{
    fputs("usage: gen_load jsonl|logfmt|logback|access|long|wide [-n LINES] [-b BYTES]\n"
          "  [-s SERVICES] [-m METRICS] [-r RATE] [-o ODD] [-k ROTATE] [-q QUOTED]\n"
          "  [-l LATE_MS] [-S SEED] [-x]\n",
          stderr);
    return 2;
}

static bool read_options(int argc, char **argv, struct load *l)
{
    int c;
    while ((c = getopt(argc, argv, "n:b:s:m:r:o:k:q:l:S:x")) != -1) {
        uint64_t x = optarg != NULL ? strtoull(optarg, NULL, 10) : 0;
        switch (c) {
        case 'n':
            l->lines = x;
            break;
        case 'b':
            l->bytes = x;
            break;
        case 's':
            l->services = (unsigned)x;
            break;
        case 'm':
            l->metrics = (unsigned)x;
            break;
        case 'r':
            l->rate = (unsigned)x;
            break;
        case 'o':
            l->odd = (unsigned)x;
            break;
        case 'k':
            l->rotate = (unsigned)x;
            break;
        case 'q':
            l->quoted = (unsigned)x;
            break;
        case 'l':
            l->late_ms = (unsigned)x;
            break;
        case 'S':
            l->seed = x;
            break;
        case 'x':
            l->shuffle = true;
            break;
        default:
            return false;
        }
    }
    return l->services > 0 && l->metrics > 0 && l->rate > 0 && optind == argc;
}

static void write_all(struct load *l, void (*write)(const struct load *))
{
    for (l->at = 0;
         (l->lines == 0 || l->at < l->lines) && (l->bytes == 0 || put_total() < l->bytes);
         l->at++)
        write(l);
    put_flush();
}

int main(int argc, char **argv)
{
    struct load l = {.rate = 1000,
                     .odd = 40,
                     .late_ms = 200,
                     .seed = 1,
                     .start_ms = INT64_C(1772442000000)}; /* 2026-03-02T09:00:00Z */
    for (size_t i = 0; argc > 1 && i < sizeof formats / sizeof *formats; i++) {
        if (strcmp(formats[i].name, argv[1]) != 0)
            continue;
        l.services = formats[i].services;
        l.metrics = formats[i].metrics;
        if (!read_options(argc - 1, argv + 1, &l))
            return usage();
        l.lines = l.lines == 0 && l.bytes == 0 ? 100000 : l.lines;
        draw_seed(l.seed);
        write_all(&l, formats[i].write);
        return fclose(stdout) == 0 ? 0 : 4;
    }
    return usage();
}
