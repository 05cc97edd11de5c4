/* fields.c: the members of every record type of the case stream, as tables. */
#include "case/fields.h"

#include <math.h>

static const char *const kind_names[] = {"service", "datastore", "queue",   "bot",
                                         "channel", "vendor",    "network", "desk",
                                         "host",    NULL};
static const char *const class_names[] = {"other",    "load",  "error", "latency",
                                          "resource", "queue", "retry", "customer",
                                          "health",   NULL};
static const char *const stage_names[] = {"ingest", "correlate", "blame", "triage", NULL};

const char *ko_entity_kind_name(enum ko_entity_kind kind)
{
    return kind_names[kind];
}

bool ko_entity_kind_parse(struct ko_str s, enum ko_entity_kind *ret)
{
    for (int i = 0; kind_names[i] != NULL; i++) {
        if (ko_str_ieq(s, ko_str(kind_names[i]))) {
            *ret = (enum ko_entity_kind)i;
            return true;
        }
    }
    return false;
}

const char *ko_class_name(enum ko_class cls)
{
    return class_names[cls];
}

#define MEMBER(T, m, TYPE)                                                               \
    {                                                                                    \
        .name = #m, .type = KO_FIELD_##TYPE, .offset = offsetof(T, m)                    \
    }
#define NAMED(T, m, text, TYPE)                                                          \
    {                                                                                    \
        .name = (text), .type = KO_FIELD_##TYPE, .offset = offsetof(T, m)                \
    }
#define NEEDED(T, m, TYPE)                                                               \
    {                                                                                    \
        .name = #m, .type = KO_FIELD_##TYPE, .offset = offsetof(T, m), .required = true  \
    }
#define ENUM(T, m, text, list)                                                           \
    {                                                                                    \
        .name = (text), .type = KO_FIELD_ENUM, .offset = offsetof(T, m), .names = (list) \
    }
#define ITEMS(T, m, table, I)                                                            \
    {                                                                                    \
        .name = #m, .type = KO_FIELD_LIST, .offset = offsetof(T, m), .items = (table),   \
        .item_size = sizeof(I)                                                           \
    }
/* clang-format off */
#define END {.name = NULL}

#define T struct ko_head
const struct ko_field ko_head_fields[] = {
    NEEDED(T, format, STR), NEEDED(T, version, INT), MEMBER(T, tool, STR),
    NEEDED(T, from, TIME), NEEDED(T, step, DUR), NEEDED(T, buckets, INT),
    MEMBER(T, at, TIME), MEMBER(T, normal_to, TIME), MEMBER(T, symptom_entity, STR),
    MEMBER(T, symptom_signal, STR), MEMBER(T, incomplete, BOOL), END};
#undef T
#define T struct ko_account
static const struct ko_field account_fields[] = {
    NEEDED(T, file, STR), NEEDED(T, format, STR), MEMBER(T, why, STR), MEMBER(T, zone, STR),
    MEMBER(T, hash, STR), NEEDED(T, bytes, INT), NEEDED(T, lines, INT), NEEDED(T, accepted, INT),
    NEEDED(T, rejected, INT), MEMBER(T, blank, INT), MEMBER(T, header, INT),
    MEMBER(T, records, INT), MEMBER(T, no_time, INT), MEMBER(T, outside, INT),
    MEMBER(T, duplicates, INT), MEMBER(T, first, TIME), MEMBER(T, last, TIME),
    MEMBER(T, damaged, BOOL), MEMBER(T, capped, BOOL), MEMBER(T, repeated, BOOL),
    MEMBER(T, rejects, STRS), MEMBER(T, samples, STRS), MEMBER(T, remarks, STRS), END};
#undef T
#define T struct ko_entity
static const struct ko_field entity_fields[] = {
    NEEDED(T, name, STR), ENUM(T, kind, "kind", kind_names), MEMBER(T, owner, STR),
    MEMBER(T, contact, STR), MEMBER(T, fallback, STR), MEMBER(T, owner_from, STR),
    MEMBER(T, vendor, BOOL), MEMBER(T, declared, BOOL), MEMBER(T, by_file, BOOL),
    MEMBER(T, aliases, STRS), END};
#undef T
#define T struct ko_step
static const struct ko_field step_fields[] = {
    NEEDED(T, name, STR), MEMBER(T, entity, ENTITY), MEMBER(T, owner, STR),
    MEMBER(T, fallback, STR), MEMBER(T, slow_after, NUM), END};
#undef T
#define T struct ko_journey
static const struct ko_field journey_fields[] = {
    NEEDED(T, name, STR), ITEMS(T, steps, step_fields, struct ko_step),
    MEMBER(T, slo_target, NUM), MEMBER(T, slo_days, NUM), END};
#undef T
#define T struct ko_edge
static const struct ko_field edge_fields[] = {
    NEEDED(T, caller, ENTITY), NEEDED(T, callee, ENTITY), MEMBER(T, calls, NUM),
    MEMBER(T, source, STR), MEMBER(T, async, BOOL), MEMBER(T, row, STR), END};
#undef T
#define T struct ko_change
static const struct ko_field change_fields[] = {
    NEEDED(T, time, TIME), MEMBER(T, entity, ENTITY), MEMBER(T, kind, STR), MEMBER(T, id, STR),
    MEMBER(T, summary, STR), MEMBER(T, commit, STR), MEMBER(T, named, STR), MEMBER(T, row, STR), MEMBER(T, verdict, STR),
    MEMBER(T, why, STR), END};
#undef T
#define T struct ko_milestone
static const struct ko_field milestone_fields[] = {
    NEEDED(T, time, TIME), NEEDED(T, what, STR), MEMBER(T, entity, ENTITY), MEMBER(T, id, STR),
    MEMBER(T, summary, STR), MEMBER(T, owner, STR), MEMBER(T, row, STR), END};
#undef T
#define T struct ko_series
static const struct ko_field series_fields[] = {
    NEEDED(T, entity, ENTITY), MEMBER(T, caller, ENTITY), NEEDED(T, signal, STR),
    MEMBER(T, unit, STR), MEMBER(T, stat, STR), ENUM(T, cls, "class", class_names),
    MEMBER(T, normal, BOOL), NEEDED(T, from, TIME), NAMED(T, v, "values", NUMS),
    MEMBER(T, source, STR), END};
#undef T
#define T struct ko_template
static const struct ko_field template_fields[] = {
    NEEDED(T, entity, ENTITY), NEEDED(T, text, STR), MEMBER(T, op, STR), MEMBER(T, severity, STR),
    MEMBER(T, normal, BOOL), MEMBER(T, from, TIME), MEMBER(T, count, INT), MEMBER(T, first, TIME), MEMBER(T, last, TIME), MEMBER(T, row, STR),
    MEMBER(T, sample, STR), NAMED(T, v, "values", NUMS), END};
#undef T
#define T struct ko_group
static const struct ko_field group_fields[] = {
    MEMBER(T, entity, ENTITY), NEEDED(T, dim, STR), NEEDED(T, value, STR), MEMBER(T, id_kind, STR),
    MEMBER(T, total, NUMS), MEMBER(T, bad, NUMS), MEMBER(T, ids, NUMS), MEMBER(T, ids_bad, NUMS),
    MEMBER(T, ids_bad_first, NUMS), MEMBER(T, minutes, NUMS), MEMBER(T, minutes_bad, NUMS), END};
#undef T
#define T struct ko_combination
static const struct ko_field combination_fields[] = {
    NEEDED(T, of, STRS), MEMBER(T, total, NUMS), MEMBER(T, bad, NUMS), MEMBER(T, actual, NUM),
    MEMBER(T, expected, NUM), END};
#undef T
#define T struct ko_onset
static const struct ko_field onset_fields[] = {
    NEEDED(T, entity, ENTITY), MEMBER(T, caller, ENTITY), NEEDED(T, signal, STR),
    MEMBER(T, kind, STR), ENUM(T, cls, "class", class_names), NEEDED(T, time, TIME),
    MEMBER(T, lo, TIME), MEMBER(T, hi, TIME), MEMBER(T, end, TIME), NEEDED(T, score, NUM),
    MEMBER(T, before, NUM), MEMBER(T, after, NUM), MEMBER(T, rise, BOOL),
    MEMBER(T, evidence, STR), END};
#undef T
#define T struct ko_link
static const struct ko_field link_fields[] = {
    NEEDED(T, from, ENTITY), NEEDED(T, to, ENTITY), MEMBER(T, lag, DUR), MEMBER(T, mechanism, STR),
    MEMBER(T, structure, STR), MEMBER(T, score, NUM), MEMBER(T, alternative, BOOL),
    MEMBER(T, evidence, STRS), END};
#undef T
#define T struct ko_node
static const struct ko_field node_fields[] = {
    NEEDED(T, entity, ENTITY), NEEDED(T, time, TIME), MEMBER(T, lo, TIME), MEMBER(T, hi, TIME),
    MEMBER(T, parent, ENTITY), MEMBER(T, evidence, STR), END};
#undef T
#define T struct ko_chain
static const struct ko_field chain_fields[] = {
    MEMBER(T, origin, ENTITY), MEMBER(T, start, TIME), MEMBER(T, end, TIME),
    ITEMS(T, nodes, node_fields, struct ko_node), MEMBER(T, untouched, ENTITIES), END};
#undef T
#define T struct ko_suspect
static const struct ko_field suspect_fields[] = {
    NEEDED(T, rank, INT), NEEDED(T, entity, ENTITY), MEMBER(T, signal, STR),
    MEMBER(T, onset, TIME), MEMBER(T, lo, TIME), MEMBER(T, hi, TIME), NEEDED(T, score, NUM),
    MEMBER(T, own, NUM), MEMBER(T, waited, NUM), MEMBER(T, mass_unit, STR), MEMBER(T, share, NUM),
    MEMBER(T, verdict, STR), NAMED(T, reasons_for, "for", STRS),
    NAMED(T, reasons_against, "against", STRS), MEMBER(T, evidence, STRS), END};
#undef T
#define T struct ko_impact
static const struct ko_field impact_fields[] = {
    NEEDED(T, measure, STR), MEMBER(T, dim, STR), MEMBER(T, value, STR), MEMBER(T, unit, STR),
    MEMBER(T, before, NUM), MEMBER(T, during, NUM), MEMBER(T, after, NUM), MEMBER(T, total, NUM), MEMBER(T, matures, TIME),
    MEMBER(T, share, NUM),
    MEMBER(T, text, STR), MEMBER(T, definition, STR), MEMBER(T, evidence, STR), END};
#undef T
#define T struct ko_answer
static const struct ko_field answer_fields[] = {
    NEEDED(T, question, STR), NEEDED(T, text, STR), MEMBER(T, more, STRS), MEMBER(T, verdict, STR),
    MEMBER(T, evidence, STRS), END};
#undef T
#define T struct ko_evidence
static const struct ko_field evidence_fields[] = {
    NEEDED(T, id, STR), ENUM(T, by, "by", stage_names), NEEDED(T, kind, STR),
    MEMBER(T, entity, ENTITY), MEMBER(T, caller, ENTITY), MEMBER(T, signal, STR),
    MEMBER(T, unit, STR), NEEDED(T, text, STR), MEMBER(T, time, TIME), MEMBER(T, lo, TIME),
    MEMBER(T, hi, TIME), MEMBER(T, before, NUM), MEMBER(T, after, NUM), MEMBER(T, score, NUM),
    MEMBER(T, rows, STRS), END};
#undef T
#define T struct ko_unknown
static const struct ko_field unknown_fields[] = {
    ENUM(T, by, "by", stage_names), NEEDED(T, what, STR), MEMBER(T, needs, STR), END};
#undef T
#define T struct ko_recovery
static const struct ko_field recovery_fields[] = {
    NEEDED(T, list, STR), MEMBER(T, entity, ENTITY), MEMBER(T, signal, STR), MEMBER(T, unit, STR),
    MEMBER(T, state, STR), MEMBER(T, count, NUM), MEMBER(T, folded, NUM), MEMBER(T, matures, TIME),
    MEMBER(T, before, NUM), MEMBER(T, during, NUM), MEMBER(T, now, NUM), NEEDED(T, text, STR),
    MEMBER(T, definition, STR), MEMBER(T, needs, STR), MEMBER(T, rows, STRS), END};
#undef T
#define T struct ko_note
static const struct ko_field note_fields[] = {MEMBER(T, time, TIME), NEEDED(T, text, STR), END};
#undef T

#define TYPE(text, table, S, list, by)                                                             \
    {(text), (table), sizeof(S), offsetof(struct ko_case, list), (by)}
const struct ko_record_type ko_record_types[] = {
    TYPE("ledger", account_fields, struct ko_account, accounts, KO_STAGE_INGEST),
    TYPE("entity", entity_fields, struct ko_entity, entities, KO_STAGE_INGEST),
    TYPE("journey", journey_fields, struct ko_journey, journeys, KO_STAGE_INGEST),
    TYPE("edge", edge_fields, struct ko_edge, edges, KO_STAGE_INGEST),
    TYPE("change", change_fields, struct ko_change, changes, KO_STAGE_INGEST),
    TYPE("milestone", milestone_fields, struct ko_milestone, milestones, KO_STAGE_INGEST),
    TYPE("series", series_fields, struct ko_series, series, KO_STAGE_INGEST),
    TYPE("template", template_fields, struct ko_template, templates, KO_STAGE_INGEST),
    TYPE("group", group_fields, struct ko_group, groups, KO_STAGE_INGEST),
    TYPE("combination", combination_fields, struct ko_combination, combinations, KO_STAGE_INGEST),
    TYPE("onset", onset_fields, struct ko_onset, onsets, KO_STAGE_CORRELATE),
    TYPE("link", link_fields, struct ko_link, links, KO_STAGE_CORRELATE),
    TYPE("chain", chain_fields, struct ko_chain, chains, KO_STAGE_CORRELATE),
    TYPE("suspect", suspect_fields, struct ko_suspect, suspects, KO_STAGE_BLAME),
    TYPE("impact", impact_fields, struct ko_impact, impacts, KO_STAGE_BLAME),
    TYPE("answer", answer_fields, struct ko_answer, answers, KO_STAGE_BLAME),
    TYPE("evidence", evidence_fields, struct ko_evidence, evidence, KO_STAGE_INGEST),
    TYPE("unknown", unknown_fields, struct ko_unknown, unknowns, KO_STAGE_INGEST),
    TYPE("recovery", recovery_fields, struct ko_recovery, recoveries, KO_STAGE_TRIAGE),
    TYPE("note", note_fields, struct ko_note, notes, KO_STAGE_TRIAGE),
    {NULL, NULL, 0, 0, KO_STAGE_INGEST}};
/* clang-format on */

void ko_record_init(const struct ko_field *fields, void *record)
{
    for (const struct ko_field *f = fields; f->name != NULL; f++) {
        void *at = (char *)record + f->offset;
        if (f->type == KO_FIELD_NUM)
            *(double *)at = NAN;
        else if (f->type == KO_FIELD_TIME)
            *(ko_time *)at = KO_TIME_NONE;
        else if (f->type == KO_FIELD_ENTITY)
            *(uint32_t *)at = KO_NO_ENTITY;
    }
}
