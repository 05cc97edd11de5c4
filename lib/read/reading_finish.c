/* reading_finish.c: what can only be said of an export when all of it is read. */
#include "base/buf.h"
#include "event/zone.h"
#include "read/histogram.h"
#include "read/reading.h"

/* Readers of the ledger look for "(assumed)" at the end. */
static enum ko_status say_zone(struct ko_reading *rd)
{
    struct ko_ledger *l = rd->ledger;
    struct ko_buf b;
    ko_buf_init(&b, KO_BUF_MAX);
    if (rd->found.saw_no_zone && rd->found.saw_zone)
        ko_buf_puts(&b, "UTC, in part (assumed)");
    else if (rd->found.saw_no_zone)
        ko_buf_puts(&b, "UTC (assumed)");
    else if (rd->found.saw_option)
        ko_buf_printf(
            &b, "%.*s (%.*s)", KO_ARG(ko_zone_name(rd->opt->zone)),
            KO_ARG(rd->opt->zone_why.n > 0 ? rd->opt->zone_why : KO_STR("option")));
    else if (rd->found.saw_zone)
        ko_buf_puts(&b, "UTC (named in the data)");
    enum ko_status st = b.status;
    if (st == KO_OK)
        st = ko_str_copy(l->arena, ko_buf_str(&b), &l->zone);
    ko_buf_release(&b);
    if (st == KO_OK && rd->found.untrusted_zone.n > 0 && rd->found.saw_no_zone)
        st = ko_ledger_remark(l, "zone '%.*s' is ambiguous and was not used",
                              KO_ARG(rd->found.untrusted_zone));
    return st;
}

static enum ko_status say_numbers(struct ko_reading *rd)
{
    struct ko_ledger *l = rd->ledger;
    struct ko_str name = rd->name;
    size_t at;
    if (ko_str_rchr(name, '/', &at))
        name = ko_str_skip(name, at + 1);
    enum ko_status st = KO_OK;
    if (rd->found.unmeasured > 0)
        st = ko_ledger_remark(l, "%llu numbers are NaN, infinite or no numbers: left out",
                              (unsigned long long)rd->found.unmeasured);
    if (st == KO_OK && rd->found.nameless)
        st = ko_ledger_remark(l,
                              "nothing in it says whose numbers these are: taken from "
                              "the file's name '%.*s'",
                              KO_ARG(name));
    return st;
}

static enum ko_reject reason_of(enum ko_status broke_off)
{
    if (broke_off == KO_EIO)
        return KO_REJECT_READ_ERROR;
    return broke_off == KO_ELIMIT ? KO_REJECT_EXPANDED_LIMIT
                                  : KO_REJECT_COMPRESSED_DAMAGED;
}

static enum ko_status say_damage(struct ko_reading *rd, const struct ko_origin *origin)
{
    struct ko_ledger *l = rd->ledger;
    if (!origin->damaged)
        return KO_OK;
    l->damaged = true;
    enum ko_reject reason = reason_of(origin->why.status);
    enum ko_status st = ko_ledger_reject(l, reason, ko_input_line_number(rd->in),
                                         ko_input_offset(rd->in), (struct ko_str){0}, 1);
    l->lines++;
    return st != KO_OK
               ? st
               : ko_ledger_remark(l, "breaks off at byte %llu: %s",
                                  (unsigned long long)origin->bytes, origin->why.text);
}

static enum ko_status emit_edges(struct ko_reading *rd)
{
    enum ko_status st = KO_OK;
    for (size_t i = 0; i < rd->found.edges.n && st == KO_OK; i++) {
        struct ko_event *ev = &rd->found.edges.v[i];
        ev->place.export_index = rd->opt->export_index; /* another part read it */
        st = ko_reading_emit(rd, ev);
    }
    return st;
}

static enum ko_status say_all(struct ko_reading *rd, const struct ko_origin *origin)
{
    enum ko_status st = say_zone(rd);
    if (st == KO_OK)
        st = ko_date_rule_say(rd->ledger);
    if (st == KO_OK)
        st = ko_cut_judge(&rd->found.cut, rd->ledger);
    if (st == KO_OK)
        st = say_numbers(rd);
    if (st == KO_OK)
        st = say_damage(rd, origin);
    if (st == KO_OK)
        st = ko_how_finish(&rd->found.how, rd->ledger);
    return st == KO_OK ? ko_tally_say(&rd->found.tally, rd->ledger) : st;
}

enum ko_status ko_reading_finish(struct ko_reading *rd, const struct ko_origin *origin)
{
    rd->ledger->bytes = origin->bytes;
    rd->ledger->bytes_bom = origin->bom;
    rd->ledger->hash = origin->hash;
    enum ko_status st = ko_histograms_emit(rd);
    if (st == KO_OK)
        st = emit_edges(rd);
    return st == KO_OK ? say_all(rd, origin) : st;
}
