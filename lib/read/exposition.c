/* exposition.c: Prometheus' and OpenMetrics' text, and what promtool dumps. */
#include "read/exposition.h"

#include "base/num.h"
#include "read/histogram.h"
#include "read/openmetrics.h"
#include "read/prom_family.h"
#include "read/prom_line.h"
#include "read/sample.h"

#include <math.h>

enum { PROBE_LINES = 40 };

struct exposition {
    struct ko_reading *rd;
    struct ko_prom_families families;
    struct ko_openmetrics rules;
    struct ko_arena arena; /* of families and rules */
    bool strict;           /* held to the rules of OpenMetrics */
    bool ended;            /* "# EOF" was there */
    uint64_t natives;      /* native histograms */
    uint64_t timeless;
};

static bool is_eof(struct ko_str line)
{
    return ko_str_eq(line, KO_STR("# EOF"));
}

static bool is_comment(struct ko_str line)
{
    static const struct ko_str begins[] = {KO_STR_INIT("# HELP"), KO_STR_INIT("# TYPE"),
                                           KO_STR_INIT("# UNIT")};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        if (ko_str_starts(line, begins[i]))
            return true;
    }
    return is_eof(line);
}

static struct ko_str without_cr(struct ko_str line)
{
    if (line.n > 0 && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

/* A sample, and does it have what no other text has? */
static bool is_sample(struct ko_str line, bool *ret_telling)
{
    struct ko_arena scratch = {0};
    struct ko_prom_line sample;
    double value;
    bool is = ko_prom_line(&scratch, line, false, &sample) == KO_OK &&
              (sample.is_native || ko_sample_number(sample.value, &value));
    *ret_telling = is && sample.labels.n > 0;
    ko_arena_release(&scratch);
    return is;
}

bool ko_exposition_probe(struct ko_str head, const char **ret_why)
{
    struct ko_str line;
    size_t n = 0, good = 0, telling = 0;
    while (n < PROBE_LINES && ko_str_cut(&head, '\n', &line)) {
        bool tells;
        line = without_cr(line);
        bool cut = head.p == NULL && n > 0;
        if (ko_str_trim(line).n == 0 || cut) {
            if (!cut || !is_eof(line))
                continue;
        }
        n++;
        if (is_comment(line)) {
            good++;
            telling++;
        } else if (is_sample(line, &tells)) {
            good++;
            telling += tells ? 1 : 0;
        }
    }
    *ret_why = "samples as metric{label=\"…\"} value";
    return telling > 0 && good * 2 >= n;
}

/* ---- comments ---- */

/* "# TYPE name counter" and its like, read with good will. */
static enum ko_status take_comment(struct exposition *x, struct ko_str line)
{
    struct ko_prom_family *family;
    struct ko_str hash, kind, name, rest = line;
    bool told = ko_str_cut(&rest, ' ', &hash) && ko_str_cut(&rest, ' ', &kind) &&
                ko_str_cut(&rest, ' ', &name) && name.n > 0 && rest.p != NULL;
    bool type = told && ko_str_eq(kind, KO_STR("TYPE"));
    bool unit = told && ko_str_eq(kind, KO_STR("UNIT"));
    if (!type && !unit)
        return KO_OK;
    enum ko_status st = ko_prom_family(&x->families, name, &family);
    if (st != KO_OK)
        return st;
    if (type)
        (void)ko_prom_type_of(ko_str_trim(rest), &family->type);
    return unit ? ko_str_copy(&x->arena, ko_str_trim(rest), &family->unit) : KO_OK;
}

static enum ko_status read_comment(struct exposition *x, struct ko_str line)
{
    bool ok = true;
    enum ko_status st = KO_OK;
    if (is_eof(line)) {
        x->ended = true;
        ok = !x->strict || ko_openmetrics_end(&x->rules);
    } else if (x->strict) {
        st = ko_openmetrics_comment(&x->rules, line, &ok);
    }
    if (st == KO_OK && ok)
        st = take_comment(x, line);
    if (st != KO_OK)
        return st;
    return ok ? ko_reading_header(x->rd)
              : ko_reading_reject(x->rd, KO_REJECT_METRIC_MALFORMED);
}

/* ---- samples ---- */

/* "lookup{quantile="0.95"}" is lookup_p95. */
static enum ko_status name_quantile(struct exposition *x, struct ko_sample *s,
                                    struct ko_record *labels)
{
    double q;
    struct ko_buf b;
    for (size_t i = 0; i < labels->n; i++) {
        if (!ko_str_eq(labels->v[i].key, KO_STR("quantile")) ||
            ko_num_real(labels->v[i].value, &q) != KO_OK)
            continue;
        ko_buf_init(&b, 1 << 16);
        ko_buf_printf(&b, "%.*s_p%g", KO_ARG(s->name), q * 100);
        labels->v[i].value = (struct ko_str){0};
        enum ko_status st = b.status == KO_ENOMEM
                                ? KO_ENOMEM
                                : ko_str_copy(x->rd->record, ko_buf_str(&b), &s->name);
        ko_buf_release(&b);
        return st;
    }
    return KO_OK;
}

/* A part of a histogram or a summary. */
static enum ko_status take_part(struct exposition *x, struct ko_sample s,
                                struct ko_str stem, enum ko_prom_part part)
{
    double bound = 0;
    struct ko_str whole = s.name;
    enum ko_histogram_part into = part == KO_PROM_BUCKET ? KO_HISTOGRAM_BUCKET
                                  : part == KO_PROM_SUM  ? KO_HISTOGRAM_SUM
                                                         : KO_HISTOGRAM_COUNT;
    bool bounded =
        part != KO_PROM_BUCKET || ko_sample_number(ko_record_get(s.labels, "le"), &bound);
    if (!bounded)
        return ko_sample_emit(x->rd, &s);
    s.name = stem;
    enum ko_status st = ko_histograms_add(x->rd, &s, into, bound, false);
    s.name = whole;
    s.unit = (struct ko_str){0};
    s.kind = KO_METRIC_COUNTER;
    return st == KO_OK && part == KO_PROM_COUNT ? ko_sample_emit(x->rd, &s) : st;
}

static bool counts(const struct ko_prom_family *family, enum ko_prom_part part)
{
    return part == KO_PROM_TOTAL || (family != NULL && family->type == KO_PROM_COUNTER);
}

static enum ko_status take_sample(struct exposition *x, struct ko_prom_line *line,
                                  double value, ko_time time)
{
    struct ko_str stem;
    enum ko_prom_part part;
    const struct ko_prom_family *family =
        ko_prom_family_of(&x->families, line->name, &stem, &part);
    struct ko_sample s = {.name = line->name,
                          .unit = family != NULL ? family->unit : (struct ko_str){0},
                          .labels = &line->labels,
                          .value = value,
                          .time = time,
                          .has_zone = true,
                          .place = ko_reading_place(x->rd)};
    switch (part) {
    case KO_PROM_CREATED:
    case KO_PROM_IS_INFO:
        return KO_OK;
    case KO_PROM_BUCKET:
    case KO_PROM_SUM:
    case KO_PROM_COUNT:
        return take_part(x, s, stem, part);
    case KO_PROM_VALUE:
    case KO_PROM_TOTAL:
        break;
    }
    s.kind = counts(family, part) ? KO_METRIC_COUNTER : KO_METRIC_GAUGE;
    enum ko_status st = name_quantile(x, &s, &line->labels);
    return st == KO_OK ? ko_sample_emit(x->rd, &s) : st;
}

/* Whole numbers are seconds in OpenMetrics, milliseconds elsewhere. */
static enum ko_reject time_of(struct exposition *x, const struct ko_prom_line *line,
                              ko_time *ret)
{
    enum ko_prom_clock clock = x->strict ? KO_PROM_SECONDS : KO_PROM_MS;
    *ret = KO_TIME_NONE;
    if (line->time.n == 0) {
        x->timeless++;
        return KO_REJECT_COUNT;
    }
    if (!ko_prom_time(line->time, clock, ret))
        return KO_REJECT_BAD_TIMESTAMP;
    struct ko_stamp stamp = {
        .time = *ret, .has_zone = true, .has_date = true, .has_year = true};
    if (*ret != KO_TIME_NONE)
        *ret = ko_reading_time(x->rd, &stamp);
    return KO_REJECT_COUNT;
}

static enum ko_status use_sample(struct exposition *x, struct ko_prom_line *line,
                                 enum ko_reject *ret_why)
{
    double value;
    ko_time time;
    bool ok = true;
    *ret_why = time_of(x, line, &time);
    if (*ret_why != KO_REJECT_COUNT)
        return KO_OK;
    if (line->is_native) {
        x->natives++;
        return KO_OK;
    }
    enum ko_status st = x->strict ? ko_openmetrics_sample(&x->rules, line, &ok) : KO_OK;
    if (st != KO_OK)
        return st;
    if (!ok || !ko_sample_number(line->value, &value)) {
        *ret_why = KO_REJECT_METRIC_MALFORMED;
        return KO_OK;
    }
    return take_sample(x, line, value, time);
}

static enum ko_status read_sample(struct exposition *x, struct ko_str text)
{
    struct ko_prom_line line;
    enum ko_reject why = KO_REJECT_METRIC_MALFORMED;
    enum ko_status st = ko_prom_line(x->rd->record, text, x->strict, &line);
    if (st == KO_OK && !(x->strict && x->ended))
        st = use_sample(x, &line, &why);
    if (st != KO_OK && st != KO_ESYNTAX)
        return st;
    return why == KO_REJECT_COUNT ? ko_reading_accept(x->rd)
                                  : ko_reading_reject(x->rd, why);
}

/* ---- the file ---- */

/* Does the exposition end where it can be seen? */
static bool has_eof(struct ko_str head)
{
    struct ko_str line;
    while (ko_str_cut(&head, '\n', &line)) {
        if (is_eof(without_cr(line)))
            return true;
    }
    return false;
}

static enum ko_status read_line(struct exposition *x, const struct ko_line *line)
{
    bool blank = ko_str_trim(line->text).n == 0;
    if (line->flaw == KO_LINE_TOO_LONG)
        return ko_reading_reject(x->rd, KO_REJECT_LINE_TOO_LONG);
    if (blank && (!x->strict || x->ended))
        return ko_reading_blank(x->rd);
    if (line->text.n > 0 && line->text.p[0] == '#')
        return read_comment(x, line->text);
    return line->flaw == KO_LINE_NUL ? ko_reading_reject(x->rd, KO_REJECT_NUL_BYTE)
                                     : read_sample(x, line->text);
}

static enum ko_status say(struct exposition *x)
{
    struct ko_ledger *l = x->rd->ledger;
    enum ko_status st = KO_OK;
    if (x->natives > 0)
        st = ko_ledger_remark(l, "%llu native histograms were left out",
                              (unsigned long long)x->natives);
    if (st == KO_OK && x->timeless > 0)
        st = ko_ledger_remark(l,
                              "%llu samples without a time: one scrape tells a state, "
                              "not a course; only its dependencies are used",
                              (unsigned long long)x->timeless);
    return st;
}

enum ko_status ko_exposition_read(struct ko_reading *rd)
{
    struct exposition x = {.rd = rd};
    struct ko_line line;
    struct ko_str head;
    enum ko_status st = ko_input_head(rd->in, &head);
    if (st != KO_OK)
        return st;
    x.strict = has_eof(head);
    ko_prom_families_init(&x.families, &x.arena);
    ko_openmetrics_init(&x.rules, &x.arena);
    while (st == KO_OK && (st = ko_input_line(rd->in, &line)) == KO_OK)
        st = read_line(&x, &line);
    if (st == KO_END)
        st = say(&x);
    ko_openmetrics_release(&x.rules);
    ko_prom_families_release(&x.families);
    ko_arena_release(&x.arena);
    return st;
}
