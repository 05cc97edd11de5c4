/* fuzz_part.c: a part with any bytes changed, under a right check: no crash when it is
 * read, merged with the sound one, and finished. */
#include "base/digest.h"
#include "reduce/part.h"

#include <stdint.h>
#include <string.h>

#define T0 (INT64_C(1773496800) * KO_SECOND)
enum { KINDS = 10, EVENTS = 120, CHECK_BYTES = 8, MAGIC_BYTES = 15, BYTES_A_CHANGE = 3 };

static void tell(struct ko_reducer *r, int i)
{
    static const enum ko_event_kind kinds[KINDS] = {
        KO_EVENT_LOG,    KO_EVENT_METRIC,   KO_EVENT_SPAN, KO_EVENT_CONTACT,
        KO_EVENT_CHANGE, KO_EVENT_EDGE,     KO_EVENT_LOG,  KO_EVENT_CELL,
        KO_EVENT_STEP,   KO_EVENT_OBJECTIVE};
    static const char *const names[] = {"crm-api", "gateway", "billing-7"};
    struct ko_event ev;
    ko_event_init(&ev, kinds[i % KINDS]);
    ev.time = T0 + i * KO_SECOND;
    ev.place.line = (uint64_t)i + 1;
    ev.entity = ko_str(names[i % 3]);
    ev.peer = ko_str(names[(i + 1) % 3]);
    ev.message = ev.kind == KO_EVENT_CELL ? KO_STR("channel=web;region=eu")
                                          : KO_STR("request 17 took long");
    ev.dur = i * 10 * KO_MS;
    ev.status = i % 5 == 0 ? 503 : 200;
    ev.signal = KO_STR("heap");
    ev.value = i;
    ev.region = KO_STR("eu");
    ev.channel = KO_STR("web");
    ev.customer = i % 4 == 0 ? KO_STR("") : ko_str(names[i % 2]);
    ev.session = KO_STR("s1");
    ev.journey = KO_STR("pay");
    ev.trace = KO_STR("a1");
    ev.span = ko_str(names[i % 3]);
    ev.operation = KO_STR("GET /x");
    ev.what = ev.kind == KO_EVENT_CELL ? KO_STR("total") : KO_STR("deploy");
    struct ko_sink sink = ko_reducer_sink(r);
    (void)sink.take(sink.ctx, &ev);
}

static struct ko_reducer *make(const struct ko_reduce_options *opt)
{
    uint32_t index;
    struct ko_reducer *r = ko_reducer_new(opt, NULL);
    if (r == NULL || ko_reducer_begin_export(r, KO_STR("a.log"), false, &index) != KO_OK)
        return r;
    for (int i = 0; i < EVENTS; i++)
        tell(r, i);
    return r;
}

static void write_sound(struct ko_buf *out)
{
    struct ko_part part = {.reducer = make(NULL)};
    struct ko_part_file *file;
    ko_reduce_options_init(&part.options);
    KO_LIST_ADD(&part.arena, &part.files, file);
    if (file != NULL && part.reducer != NULL &&
        ko_ledger_init(&file->ledger, &part.arena, KO_STR("a.log")) == KO_OK) {
        file->path = KO_STR("a.log");
        ko_marks_init(&file->marks, 8);
        (void)!ko_part_write(&part, out);
    }
    ko_part_release(&part);
}

static void damage(struct ko_buf *b, const uint8_t *data, size_t size)
{
    size_t body = b->n - MAGIC_BYTES - CHECK_BYTES;
    struct ko_digest digest = {.bytes = 0};
    for (; size >= BYTES_A_CHANGE; data += BYTES_A_CHANGE, size -= BYTES_A_CHANGE) {
        size_t at = ((size_t)data[0] << 8 | data[1]) % body;
        b->p[MAGIC_BYTES + at] = (char)(b->p[MAGIC_BYTES + at] ^ (char)data[2]);
    }
    ko_digest_add(&digest, (struct ko_str){b->p, MAGIC_BYTES + body});
    uint64_t check = ko_digest_get(&digest);
    for (size_t i = 0; i < CHECK_BYTES; i++)
        b->p[MAGIC_BYTES + body + i] = (char)(unsigned char)(check >> (8 * i));
}

static void use(struct ko_str bytes)
{
    struct ko_part part = {.incomplete = false};
    struct ko_err err;
    struct ko_case c;
    ko_case_init(&c);
    if (ko_part_read(bytes, &part, &err) == KO_OK) {
        struct ko_reducer *all = make(&part.options);
        if (all != NULL && ko_reducer_merge(all, part.reducer, &err) == KO_OK)
            (void)!ko_reducer_finish(all, &c, &err);
        ko_reducer_free(all);
    }
    ko_case_release(&c);
    ko_part_release(&part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ko_buf bytes;
    struct ko_part none = {.incomplete = false};
    ko_buf_init(&bytes, KO_BUF_MAX);
    write_sound(&bytes);
    if (bytes.n > MAGIC_BYTES + CHECK_BYTES) {
        damage(&bytes, data, size < 64 * BYTES_A_CHANGE ? size : 64 * BYTES_A_CHANGE);
        use(ko_buf_str(&bytes));
    }
    (void)!ko_part_read((struct ko_str){(const char *)data, size}, &none, NULL);
    ko_part_release(&none);
    ko_buf_release(&bytes);
    return 0;
}
