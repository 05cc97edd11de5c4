/* read.c: one export in, events out: the format found by content, every byte accounted.
 */
#include "read/read.h"

#include "read/formats.h"
#include "read/histogram.h"
#include "read/input.h"
#include "read/layers.h"
#include "read/reading.h"
#include "read/source_cap.h"
#include "read/source_file.h"

#include <string.h>

static const struct ko_read_options no_options = {0};

/* Whatever the reader left is counted, so that no byte is lost. */
static enum ko_status reject_rest(struct ko_reading *rd)
{
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        st = ko_reading_reject(rd, KO_REJECT_UNKNOWN_FORMAT);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? KO_OK : st;
}

static enum ko_status choose(struct ko_reading *rd, const struct ko_format **ret)
{
    struct ko_str head, wanted = rd->opt->format;
    const char *why = "forced by --format";
    enum ko_status st = ko_input_head(rd->in, &head);
    if (st != KO_OK)
        return st;
    *ret = wanted.n > 0 ? ko_format_find(wanted) : ko_format_detect(head, &why);
    if (*ret == NULL)
        return ko_err_set(rd->err, KO_EUNSUPPORTED, "unknown format '%.*s'",
                          KO_ARG(wanted));
    rd->dates = ko_date_rule_find(rd->opt->dates, head);
    rd->ledger->format = ko_str((*ret)->name);
    rd->ledger->why = ko_str(why);
    return KO_OK;
}

static enum ko_status read_all(struct ko_reading *rd)
{
    const struct ko_format *format;
    enum ko_status st = choose(rd, &format);
    if (st == KO_OK)
        st = format->read(rd);
    if (st == KO_OK)
        st = reject_rest(rd);
    if (st == KO_OK)
        st = ko_histograms_emit(rd);
    ko_histograms_free(rd);
    return st == KO_OK ? ko_reading_finish(rd) : st;
}

static enum ko_status read_input(struct ko_input *in, struct ko_str name,
                                 const struct ko_read_options *opt,
                                 struct ko_ledger *ledger, const struct ko_sink *sink,
                                 struct ko_err *err)
{
    struct ko_arena arena = {0}, record = {0};
    struct ko_reading rd = {.opt = opt,
                            .name = name,
                            .stem = ko_read_stem(name),
                            .ledger = ledger,
                            .sink = sink,
                            .in = in,
                            .arena = &arena,
                            .record = &record,
                            .err = err,
                            .last = KO_TIME_NONE};
    ko_map_init(&rd.pairs, 0);
    enum ko_status st = read_all(&rd);
    if (st == KO_ENOMEM)
        (void)ko_err_nomem(err);
    ko_map_release(&rd.pairs);
    ko_arena_release(&record);
    ko_arena_release(&arena);
    return st;
}

/* What lay around the text, so that the bytes counted are not taken for the file's. */
static enum ko_status say_layers(const struct ko_layers *layers, struct ko_ledger *ledger)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < layers->n && st == KO_OK; i++)
        st = ko_ledger_remark(
            ledger, "%s taken off: %llu bytes of file hold %llu of text",
            ko_layers_name(layers, i), (unsigned long long)ko_layers_bytes(layers),
            (unsigned long long)ledger->bytes);
    return st;
}

static enum ko_status read_source(struct ko_source source, struct ko_str name,
                                  const struct ko_read_options *opt,
                                  struct ko_ledger *ledger, const struct ko_sink *sink,
                                  struct ko_err *err)
{
    struct ko_input in = {0};
    struct ko_layers layers;
    struct ko_source top;
    uint64_t max = opt->expanded_max_bytes;
    struct ko_source_cap cap = {.max_bytes = max > 0 ? max : KO_READ_EXPANDED_MAX};
    enum ko_status st = ko_layers_open(&layers, source, &top);
    if (layers.n > 0)
        ko_source_cap_put(&cap, &top);
    if (st == KO_OK)
        st = ko_input_init(&in, top, opt->line_max_bytes);
    if (st == KO_OK)
        st = read_input(&in, name, opt, ledger, sink, err);
    if (st == KO_OK)
        st = say_layers(&layers, ledger);
    ko_input_release(&in);
    ko_layers_release(&layers);
    return st;
}

enum ko_status ko_read_file(const char *path, struct ko_str name,
                            const struct ko_read_options *opt, struct ko_ledger *ledger,
                            const struct ko_sink *sink, struct ko_err *err)
{
    struct ko_source_file file;
    struct ko_source source;
    enum ko_status st = ko_source_file_open(&file, path, &source, err);
    if (st != KO_OK)
        return st;
    st = read_source(source, name, opt != NULL ? opt : &no_options, ledger, sink, err);
    if (st == KO_OK)
        st = ko_source_file_judge(&file, ledger);
    ko_source_file_close(&file);
    return st;
}

static enum ko_status pull_bytes(void *ctx, char *bytes, size_t n, size_t *ret_n,
                                 struct ko_err *err)
{
    struct ko_str *left = ctx;
    (void)err;
    *ret_n = n < left->n ? n : left->n;
    if (*ret_n > 0)
        memcpy(bytes, left->p, *ret_n);
    *left = ko_str_skip(*left, *ret_n);
    return KO_OK;
}

enum ko_status ko_read_bytes(struct ko_str bytes, struct ko_str name,
                             const struct ko_read_options *opt, struct ko_ledger *ledger,
                             const struct ko_sink *sink, struct ko_err *err)
{
    struct ko_input in;
    if (opt == NULL)
        opt = &no_options;
    if (ko_layers_needed(bytes))
        return read_source((struct ko_source){pull_bytes, &bytes}, name, opt, ledger,
                           sink, err);
    enum ko_status st = ko_input_init_bytes(&in, bytes, opt->line_max_bytes);
    if (st == KO_OK)
        st = read_input(&in, name, opt, ledger, sink, err);
    ko_input_release(&in);
    return st;
}
