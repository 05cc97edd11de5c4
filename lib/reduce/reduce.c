/* reduce.c: the life of a reducer: made, fed export by export, freed. */
#include "reduce/reduce.h"

#include "reduce/state.h"

enum {
    CELLS_MAX_BYTES = 192 << 20,
    TOOK_PART = 32, /* of the room for numbers is kept for how long interactions took */
    SPANS_MAX = 1 << 21,
    IDS_MAX = 1 << 20,
    DELIVERIES_MAX = 1 << 21,
    KEYS_MAX = 1 << 17
};

void ko_reduce_options_init(struct ko_reduce_options *opt)
{
    *opt = (struct ko_reduce_options){.from = KO_TIME_NONE,
                                      .to = KO_TIME_NONE,
                                      .at = KO_TIME_NONE,
                                      .normal_to = KO_TIME_NONE,
                                      .keys_max = KEYS_MAX,
                                      .cells_max_bytes = CELLS_MAX_BYTES,
                                      .spans_max = SPANS_MAX,
                                      .ids_max = IDS_MAX,
                                      .deliveries_max = DELIVERIES_MAX};
}

/*
 * What one of a kind takes at the worst: arrays are up to half empty, tables of slots at
 * least half; a key stands twice while a reducer is folded (measured: 780 bytes a name,
 * value or track of lines of 10^7 names).
 */
static const struct {
    size_t offset;
    size_t percent, bytes; /* share of the memory; of one */
} shares[] = {{offsetof(struct ko_reduce_options, keys_max), 34, 800},
              {offsetof(struct ko_reduce_options, cells_max_bytes), 26, 1},
              {offsetof(struct ko_reduce_options, spans_max), 20, 450},
              {offsetof(struct ko_reduce_options, ids_max), 10, 100},
              {offsetof(struct ko_reduce_options, deliveries_max), 10, 96}};

void ko_reduce_options_memory(struct ko_reduce_options *opt, size_t max_bytes)
{
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        size_t *limit = (size_t *)(void *)((char *)opt + shares[i].offset);
        size_t fits = max_bytes / 100 * shares[i].percent / shares[i].bytes;
        *limit = fits < *limit ? fits : *limit;
    }
}

static enum ko_status copy_alias(struct ko_reducer *r, const struct ko_alias *from)
{
    struct ko_alias *to;
    KO_LIST_ADD(&r->arena, &r->opt.aliases, to);
    if (to == NULL)
        return KO_ENOMEM;
    enum ko_status st = ko_str_copy(&r->arena, ko_str_trim(from->alias), &to->alias);
    return st == KO_OK ? ko_str_copy(&r->arena, ko_str_trim(from->name), &to->name) : st;
}

static enum ko_status copy_options(struct ko_reducer *r,
                                   const struct ko_reduce_options *opt)
{
    r->opt = *opt;
    r->opt.aliases.v = NULL;
    r->opt.aliases.n = r->opt.aliases.cap = 0;
    struct ko_str *texts[] = {&r->opt.symptom_entity, &r->opt.symptom_signal,
                              &r->opt.tool};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && st == KO_OK; i++)
        st = ko_str_copy(&r->arena, *texts[i], texts[i]);
    for (size_t i = 0; i < opt->aliases.n && st == KO_OK; i++)
        st = copy_alias(r, &opt->aliases.v[i]);
    return st;
}

struct ko_reducer *ko_reducer_new(const struct ko_reduce_options *opt, struct ko_err *err)
{
    struct ko_reduce_options usual;
    ko_reduce_options_init(&usual);
    opt = opt != NULL ? opt : &usual;
    if (opt->step < 0 || opt->step > KO_REDUCE_STEP_MAX || opt->step % KO_SECOND != 0) {
        (void)ko_err_set(err, KO_ERANGE,
                         "the step is no multiple of a second, or too long");
        return NULL;
    }
    struct ko_reducer *r = ko_mem_alloc(1, sizeof *r);
    if (r == NULL) {
        (void)ko_err_nomem(err);
        return NULL;
    }
    ko_cells_init(&r->cells, opt->cells_max_bytes);
    ko_cells_init(&r->took, opt->cells_max_bytes / TOOK_PART);
    ko_ids_init(&r->ids, opt->ids_max);
    ko_delivered_init(&r->delivered, opt->deliveries_max);
    r->spans.max = r->mentions.max = r->contacts.max = opt->spans_max;
    ko_buf_init(&r->scratch, KO_BUF_MAX);
    ko_buf_init(&r->text, KO_BUF_MAX);
    if (copy_options(r, opt) != KO_OK ||
        ko_state_text(r, KO_STR("all"), &r->dim_all) != KO_OK) {
        (void)ko_err_nomem(err);
        ko_reducer_free(r);
        return NULL;
    }
    return r;
}

void ko_reducer_free(struct ko_reducer *r)
{
    if (r == NULL)
        return;
    ko_map_release(&r->export_map);
    ko_map_release(&r->name_map);
    ko_slots_release(&r->track_slots);
    ko_said_release(&r->who);
    ko_said_release(&r->where);
    ko_slots_release(&r->spot_slots);
    ko_map_release(&r->text_map);
    ko_hosts_release(&r->hosts);
    ko_cells_release(&r->cells);
    ko_cells_release(&r->took);
    ko_ids_release(&r->ids);
    ko_delivered_release(&r->delivered);
    ko_mem_free(r->spans.v);
    ko_mem_free(r->mentions.v);
    ko_mem_free(r->contacts.v);
    ko_buf_release(&r->scratch);
    ko_buf_release(&r->text);
    ko_arena_release(&r->arena);
    ko_mem_free(r);
}

/* The end of the path of an export, without what stands behind its first dot. */
static struct ko_str stem_of(struct ko_str file)
{
    size_t at;
    if (ko_str_rchr(file, '/', &at))
        file = ko_str_skip(file, at + 1);
    if (ko_str_chr(file, '.', &at) && at > 0)
        file = ko_str_sub(file, 0, at);
    return ko_str_eq(file, KO_STR("-")) ? KO_STR("stdin") : file;
}

static enum ko_status add_export(struct ko_reducer *r, struct ko_str file, bool normal)
{
    struct ko_export *e;
    KO_LIST_ADD(&r->arena, &r->exports, e);
    if (e == NULL)
        return KO_ENOMEM;
    e->normal = normal;
    e->first = e->last = KO_TIME_NONE;
    struct ko_track_key time = ko_track_key(KO_TRACK_TIME, (uint32_t)(r->exports.n - 1));
    enum ko_status st = ko_str_copy(&r->arena, file, &e->file);
    e->stem = stem_of(e->file);
    return st == KO_OK ? ko_state_track(r, &time, &e->time_track) : st;
}

enum ko_status ko_reducer_begin_export(struct ko_reducer *r, struct ko_str file,
                                       bool normal, uint32_t *ret_index)
{
    uint32_t fresh = (uint32_t)r->exports.n, index;
    enum ko_status st = ko_map_put(&r->export_map, file, fresh, &index);
    if (st == KO_OK && index == fresh)
        st = add_export(r, file, normal);
    if (st != KO_OK)
        return st;
    r->current = index;
    /* a reading that begins numbers anew */
    r->exports.v[index].who.n = r->exports.v[index].where.n = 0;
    *ret_index = index;
    return KO_OK;
}

void ko_reducer_part(struct ko_reducer *r, struct ko_series_part part)
{
    r->exports.v[r->current].part = part;
}

static enum ko_status take(void *ctx, const struct ko_event *ev)
{
    return ko_take(ctx, ev);
}

struct ko_sink ko_reducer_sink(struct ko_reducer *r)
{
    return (struct ko_sink){take, r};
}

static enum ko_status copy_texts(struct ko_reducer *r, const struct ko_ledger *from,
                                 struct ko_ledger *to)
{
    struct ko_str *texts[] = {&to->file,       &to->format,       &to->why,  &to->zone,
                              &to->time_field, &to->entity_field, &to->units};
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && st == KO_OK; i++)
        st = ko_str_copy(&r->arena, *texts[i], texts[i]);
    for (size_t i = 0; i < from->samples.n && st == KO_OK; i++) {
        struct ko_reject_sample *s;
        KO_LIST_ADD(&r->arena, &to->samples, s);
        if (s == NULL)
            return KO_ENOMEM;
        *s = from->samples.v[i];
        st = ko_str_copy(&r->arena, s->text, &s->text);
    }
    for (size_t i = 0; i < from->remarks.n && st == KO_OK; i++) {
        struct ko_str *s;
        KO_LIST_ADD(&r->arena, &to->remarks, s);
        st = s != NULL ? ko_str_copy(&r->arena, from->remarks.v[i], s) : KO_ENOMEM;
    }
    return st;
}

static enum ko_status copy_ledger(struct ko_reducer *r, const struct ko_ledger *from,
                                  struct ko_export *e)
{
    e->ledger = *from;
    e->ledger.arena = &r->arena;
    e->ledger.samples.v = NULL;
    e->ledger.samples.n = e->ledger.samples.cap = 0;
    e->ledger.remarks.v = NULL;
    e->ledger.remarks.n = e->ledger.remarks.cap = 0;
    e->has_ledger = true;
    return copy_texts(r, from, &e->ledger);
}

enum ko_status ko_reducer_end_export(struct ko_reducer *r, const struct ko_ledger *ledger)
{
    return copy_ledger(r, ledger, &r->exports.v[r->current]);
}

enum ko_status ko_reducer_repeat(struct ko_reducer *r, const struct ko_ledger *ledger)
{
    uint32_t index;
    enum ko_status st = ko_reducer_begin_export(r, ledger->file, false, &index);
    if (st != KO_OK)
        return st;
    r->exports.v[index].repeated = true;
    return copy_ledger(r, ledger, &r->exports.v[index]);
}
