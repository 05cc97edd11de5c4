/* gen_load.h: what the writers of the load generator share: numbers by seed, the made
 * world, and bytes to standard output. */
#ifndef KO_BENCH_GEN_LOAD_H
#define KO_BENCH_GEN_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is asked for on the command line. */
struct load {
    uint64_t lines, bytes; /* stop at either; 0: no such limit */
    unsigned services;
    unsigned metrics; /* of a service */
    unsigned rate;    /* records in one second of the log's time */
    unsigned odd;     /* 1 of so many records holds escapes and UTF-8; 0 none */
    unsigned rotate; /* 1 of so many JSON records has its keys in another order; 0 none */
    unsigned quoted; /* 1 of so many CSV rows has a quoted field; 0 none */
    unsigned late_ms; /* a record is late by up to this */
    bool shuffle;     /* the series of the long CSV in random order */
    uint64_t seed;
    int64_t start_ms; /* since 1970, UTC */
    uint64_t at;      /* number of the record at hand, from 0 */
};

/* One thing that happened; jsonl, logfmt and logback write the same ones. */
struct happening {
    int64_t ms;
    unsigned service, peer; /* peer == service: it called nobody */
    unsigned level;         /* of level_names */
    unsigned status, attempt, region, channel;
    uint64_t trace[2];
    uint32_t micros; /* how long it took */
    char message[200];
    size_t message_n; /* as text, unescaped */
};

extern const char *const level_names[];
extern const char *const region_names[];
extern const char *const channel_names[];

/* draw(below): The next number below ${below}. */
uint32_t draw(uint32_t below);
void draw_seed(uint64_t seed);

/* next_happening(l, ret): What record l->at speaks of. */
void next_happening(const struct load *l, struct happening *ret);
/* service_name(i, ret): Write its name to ${ret} (32 bytes); returns its length. */
size_t service_name(unsigned i, char *ret);

/* ---- bytes out ---- */
void put(const char *p, size_t n);
void put_text(const char *z);
void put_char(char c);
void put_number(uint64_t x);
void put_digits(uint64_t x, unsigned width); /* with zeros before it */
void put_hex(uint64_t x);
void put_service(unsigned i);
void put_millis(uint32_t micros); /* "12.345" */
/* put_stamp(ms, sep): 2026-03-02<sep>09:00:00.123 */
void put_stamp(int64_t ms, char sep);
void put_clf_stamp(int64_t ms); /* 02/Mar/2026:09:00:00 +0000 */
uint64_t put_total(void);       /* bytes so far */
void put_flush(void);           /* exits when standard output does not take it */

#endif
