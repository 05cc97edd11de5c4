/* ledger.c: what became of every byte and every line of one export. */
#include "event/ledger.h"

#include "base/buf.h"
#include "base/json.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

const char *ko_reject_name(enum ko_reject r)
{
    static const char *const names[KO_REJECT_COUNT] = {
        [KO_REJECT_LINE_TOO_LONG] = "line_too_long",
        [KO_REJECT_NUL_BYTE] = "nul_byte",
        [KO_REJECT_INVALID_UTF8] = "invalid_utf8",
        [KO_REJECT_BAD_TIMESTAMP] = "bad_timestamp",
        [KO_REJECT_NO_TIMESTAMP] = "no_timestamp",
        [KO_REJECT_FIELD_COUNT] = "field_count",
        [KO_REJECT_CSV_UNCLOSED_QUOTE] = "csv_unclosed_quote",
        [KO_REJECT_CSV_STRAY_QUOTE] = "csv_stray_quote",
        [KO_REJECT_JSON_SYNTAX] = "json_syntax",
        [KO_REJECT_JSON_TOO_DEEP] = "json_too_deep",
        [KO_REJECT_JSON_DUPLICATE_KEY] = "json_duplicate_key",
        [KO_REJECT_YAML_SYNTAX] = "yaml_syntax",
        [KO_REJECT_NUMBER_NAN] = "number_nan",
        [KO_REJECT_NUMBER_INF] = "number_inf",
        [KO_REJECT_NUMBER_RANGE] = "number_range",
        [KO_REJECT_SYSLOG_MALFORMED] = "syslog_malformed",
        [KO_REJECT_LOGFMT_MALFORMED] = "logfmt_malformed",
        [KO_REJECT_METRIC_MALFORMED] = "metric_malformed",
        [KO_REJECT_UNKNOWN_FORMAT] = "unknown_format",
        [KO_REJECT_COMPRESSED_DAMAGED] = "compressed_damaged",
        [KO_REJECT_EXPANDED_LIMIT] = "expanded_limit",
        [KO_REJECT_READ_ERROR] = "read_error",
    };
    return (unsigned)r < KO_REJECT_COUNT ? names[r] : "unknown";
}

enum ko_status ko_ledger_init(struct ko_ledger *l, struct ko_arena *arena,
                              struct ko_str file)
{
    struct ko_str name;
    enum ko_status st = ko_str_copy(arena, file, &name);
    if (st != KO_OK)
        return st;
    *l = (struct ko_ledger){
        .arena = arena, .file = name, .first = KO_TIME_NONE, .last = KO_TIME_NONE};
    return KO_OK;
}

static enum ko_status keep_sample(struct ko_ledger *l, enum ko_reject reason,
                                  uint64_t line, uint64_t offset, struct ko_str text)
{
    struct ko_str kept;
    enum ko_status st =
        ko_str_copy(l->arena, ko_str_sub(text, 0, KO_LEDGER_SAMPLE_BYTES), &kept);
    if (st != KO_OK)
        return st;
    struct ko_reject_sample *s;
    KO_LIST_ADD(l->arena, &l->samples, s);
    if (s == NULL)
        return KO_ENOMEM;
    *s = (struct ko_reject_sample){reason, line, offset, kept};
    return KO_OK;
}

static void put_masked(const struct ko_ledger *l, struct ko_str text)
{
    struct ko_buf masked;
    ko_buf_init(&masked, KO_BUF_MAX);
    if (l->mask != NULL)
        l->mask(text, &masked);
    if (masked.status != KO_OK)
        l->rejected_to->status = masked.status;
    ko_json_put_str(l->rejected_to, l->mask != NULL ? ko_buf_str(&masked) : text);
    ko_buf_release(&masked);
}

static void put_reject(const struct ko_ledger *l, enum ko_reject reason, uint64_t line,
                       uint64_t offset, struct ko_str text)
{
    struct ko_buf *b = l->rejected_to;
    ko_buf_puts(b, "{\"file\":");
    ko_json_put_str(b, l->file);
    ko_buf_printf(b, ",\"line\":%llu,\"offset\":%llu,\"reason\":\"%s\",\"text\":",
                  (unsigned long long)line, (unsigned long long)offset,
                  ko_reject_name(reason));
    put_masked(l, text);
    ko_buf_puts(b, "}\n");
}

enum ko_status ko_ledger_reject(struct ko_ledger *l, enum ko_reject reason, uint64_t line,
                                uint64_t offset, struct ko_str text, uint64_t lines)
{
    if (l->samples.n < KO_LEDGER_SAMPLES) {
        enum ko_status st = keep_sample(l, reason, line, offset, text);
        if (st != KO_OK)
            return st;
    }
    if (l->rejected_to != NULL)
        put_reject(l, reason, line, offset, text);
    l->rejects[reason] += lines;
    l->lines_rejected += lines;
    l->bytes_rejected += text.n;
    return KO_OK;
}

enum { REMARK_BYTES = 320, REMARKS_MAX = 100 };

static enum ko_status remark(struct ko_ledger *l, struct ko_str said)
{
    for (size_t i = 0; i < l->remarks.n; i++) {
        if (ko_str_eq(l->remarks.v[i], said))
            return KO_OK;
    }
    if (l->remarks.n >= REMARKS_MAX)
        return KO_OK;
    struct ko_str kept;
    enum ko_status st = ko_str_copy(l->arena, said, &kept);
    if (st != KO_OK)
        return st;
    struct ko_str *slot;
    KO_LIST_ADD(l->arena, &l->remarks, slot);
    if (slot == NULL)
        return KO_ENOMEM;
    *slot = kept;
    return KO_OK;
}

enum ko_status ko_ledger_remark(struct ko_ledger *l, const char *fmt, ...)
{
    char text[REMARK_BYTES];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    return n < 0 ? KO_ESYNTAX : remark(l, ko_str(text));
}

void ko_ledger_time(struct ko_ledger *l, ko_time t)
{
    if (t == KO_TIME_NONE)
        return;
    if (l->first == KO_TIME_NONE || t < l->first)
        l->first = t;
    if (l->last == KO_TIME_NONE || t > l->last)
        l->last = t;
}

/* ---- parts ---- */

#define COUNT(m) offsetof(struct ko_ledger, m)
static const size_t counts[] = {COUNT(bytes),
                                COUNT(bytes_accepted),
                                COUNT(bytes_rejected),
                                COUNT(bytes_blank),
                                COUNT(bytes_header),
                                COUNT(bytes_terminators),
                                COUNT(bytes_bom),
                                COUNT(lines),
                                COUNT(lines_accepted),
                                COUNT(lines_rejected),
                                COUNT(lines_blank),
                                COUNT(lines_header),
                                COUNT(records),
                                COUNT(records_no_time),
                                COUNT(duplicates),
                                COUNT(dates_day_first),
                                COUNT(dates_month_first),
                                COUNT(dates_either),
                                COUNT(rows)};

static void add_counts(struct ko_ledger *l, const struct ko_ledger *part)
{
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        uint64_t *to = (uint64_t *)(void *)((char *)l + counts[i]);
        *to += *(const uint64_t *)(const void *)((const char *)part + counts[i]);
    }
    for (size_t i = 0; i < KO_REJECT_COUNT; i++)
        l->rejects[i] += part->rejects[i];
    ko_ledger_time(l, part->first);
    ko_ledger_time(l, part->last);
    l->damaged |= part->damaged;
    l->capped |= part->capped;
}

#define TEXT(m) offsetof(struct ko_ledger, m)
static const size_t texts[] = {TEXT(format),     TEXT(why),          TEXT(zone),
                               TEXT(time_field), TEXT(entity_field), TEXT(units)};

static enum ko_status add_texts(struct ko_ledger *l, const struct ko_ledger *part)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && st == KO_OK; i++) {
        struct ko_str *to = (struct ko_str *)(void *)((char *)l + texts[i]);
        struct ko_str from =
            *(const struct ko_str *)(const void *)((const char *)part + texts[i]);
        if (to->n == 0 && from.n > 0)
            st = ko_str_copy(l->arena, from, to);
    }
    for (size_t i = 0; i < part->remarks.n && st == KO_OK; i++)
        st = remark(l, part->remarks.v[i]);
    return st;
}

enum ko_status ko_ledger_add(struct ko_ledger *l, const struct ko_ledger *part)
{
    enum ko_status st = add_texts(l, part);
    for (size_t i = 0; i < part->samples.n && st == KO_OK; i++) {
        const struct ko_reject_sample *s = &part->samples.v[i];
        if (l->samples.n < KO_LEDGER_SAMPLES)
            st = keep_sample(l, s->reason, s->line, s->offset, s->text);
    }
    if (l->rejected_to != NULL && part->rejected_to != NULL &&
        l->rejected_to != part->rejected_to) {
        ko_buf_put(l->rejected_to, ko_buf_str(part->rejected_to));
        ko_buf_reset(part->rejected_to);
    }
    add_counts(l, part);
    return st;
}

bool ko_ledger_check(const struct ko_ledger *l)
{
    uint64_t rejects = 0;
    for (size_t i = 0; i < KO_REJECT_COUNT; i++)
        rejects += l->rejects[i];
    return rejects == l->lines_rejected &&
           l->lines ==
               l->lines_accepted + l->lines_rejected + l->lines_blank + l->lines_header &&
           l->bytes == l->bytes_accepted + l->bytes_rejected + l->bytes_blank +
                           l->bytes_header + l->bytes_terminators + l->bytes_bom;
}
