/* json.c: JSON exports: lines, one document, an array, values run together. */
#include "read/json.h"

#include "read/json_form.h"
#include "read/json_scan.h"
#include "read/json_value.h"

/* Arrays around records: Zipkin has two. */
enum { NEST_MAX = 8, PROBE_LINES = 200, PROBE_SHARE = 4 };

static struct ko_str skip_space(struct ko_str s)
{
    return ko_str_skip(s, ko_json_space(s));
}

/* What may stand behind the bracket of records: "[pod/…]" and "[2026-…]" begin lines of
 * text, "{__name__=" an export of Prometheus. */
static bool opens_records(struct ko_str head)
{
    struct ko_str inner = skip_space(ko_str_skip(head, 1));
    if (head.p[0] == '{')
        return inner.n > 0 && (inner.p[0] == '"' || inner.p[0] == '}');
    return inner.n > 0 && (inner.p[0] == '{' || inner.p[0] == '[' || inner.p[0] == ']');
}

bool ko_json_probe(struct ko_str head, const char **ret_why)
{
    head = skip_space(head);
    if (head.n == 0 || (head.p[0] != '{' && head.p[0] != '[') || !opens_records(head))
        return false;
    *ret_why = head.p[0] == '{' ? "begins with '{'" : "begins with '['";
    return true;
}

/* The first line is an object and the next begins one. */
static bool begins_lines(struct ko_str head)
{
    struct ko_str rest = skip_space(head), first;
    size_t end, depth;
    if (rest.n == 0 || rest.p[0] != '{' || !ko_str_cut(&rest, '\n', &first))
        return false;
    rest = skip_space(rest);
    first = ko_str_trim(first);
    return rest.n > 0 && rest.p[0] == '{' && ko_json_value_end(first, &end, &depth) &&
           end == first.n;
}

bool ko_json_is_line(struct ko_str line)
{
    size_t end, depth;
    line = ko_str_trim(line);
    return line.n > 1 && line.p[0] == '{' && line.p[line.n - 1] == '}' &&
           opens_records(line) && ko_json_value_end(line, &end, &depth);
}

/* Objects among other lines: a banner before them, stack traces between them. */
static bool holds_lines(struct ko_str head)
{
    size_t lines = 0, objects = 0;
    struct ko_str line;
    while (lines < PROBE_LINES && ko_str_cut(&head, '\n', &line)) {
        if (head.p == NULL && lines > 0)
            break;
        if (ko_str_trim(line).n == 0)
            continue;
        lines++;
        objects += ko_json_is_line(line) ? 1 : 0;
    }
    return objects > 0 && objects * PROBE_SHARE >= lines;
}

bool ko_json_lines_probe(struct ko_str head, const char **ret_why)
{
    const char *unused;
    if (begins_lines(head)) {
        *ret_why = "each line is a JSON object";
        return true;
    }
    *ret_why = "lines that are JSON objects";
    return !ko_json_probe(head, &unused) && holds_lines(head);
}

/* Several values may stand in one line. */
static enum ko_status read_values(struct ko_reading *rd, struct ko_str line,
                                  enum ko_reject *ret_why)
{
    struct ko_place place = ko_reading_place(rd);
    for (struct ko_str rest = skip_space(line); rest.n > 0; rest = skip_space(rest)) {
        size_t end, depth;
        if (!ko_json_value_end(rest, &end, &depth)) {
            *ret_why = KO_REJECT_JSON_SYNTAX;
            return KO_OK;
        }
        enum ko_reject why;
        enum ko_status st = ko_json_value(rd, ko_str_sub(rest, 0, end), place, &why);
        if (st != KO_OK)
            return st;
        if (why != KO_REJECT_COUNT)
            *ret_why = why;
        rest = ko_str_skip(rest, end);
    }
    return KO_OK;
}

/* By the form of an earlier line if it has one, else by the general path. */
enum ko_status ko_json_line(struct ko_reading *rd, struct ko_json_forms *forms,
                            struct ko_str line, enum ko_reject *ret_why)
{
    bool done;
    *ret_why = KO_REJECT_COUNT;
    enum ko_status st =
        ko_json_forms_read(rd, forms, line, ko_reading_place(rd), &done, ret_why);
    if (st != KO_OK || done)
        return st;
    st = read_values(rd, line, ret_why);
    if (st == KO_OK && *ret_why == KO_REJECT_COUNT)
        st = ko_json_forms_learn(rd, forms, line);
    return st;
}

/* How the walk through a document stands. */
struct walk {
    struct ko_reading *rd;
    struct ko_str left; /* not yet settled */
    unsigned nest;      /* open arrays */
    unsigned envelope;  /* the array of that nest ends an envelope; 0 none */
    size_t envelope_n;  /* bytes left when the envelope is through */
};

static enum ko_status settle(struct walk *w, size_t n, enum ko_account_class cls,
                             enum ko_reject why)
{
    w->left = ko_str_skip(w->left, n);
    return ko_reading_settle_bytes(w->rd, n, cls, why);
}

/* ${space} blank bytes stand before the mark that is at hand. */
static enum ko_status open_array(struct walk *w, size_t space)
{
    if (w->nest >= NEST_MAX)
        return settle(w, w->left.n, KO_ACCOUNT_REJECTED, KO_REJECT_JSON_TOO_DEEP);
    w->nest++;
    return settle(w, space + 1, KO_ACCOUNT_HEADER, KO_REJECT_COUNT);
}

static enum ko_status close_array(struct walk *w, size_t space)
{
    if (w->nest == 0)
        return settle(w, space + 1, KO_ACCOUNT_REJECTED, KO_REJECT_JSON_SYNTAX);
    size_t n = space + 1;
    if (w->envelope == w->nest) {
        /* brackets that do not match can lead a value past the envelope's end */
        if (w->left.n - n >= w->envelope_n)
            n = w->left.n - w->envelope_n;
        w->envelope = 0;
    }
    w->nest--;
    return settle(w, n, KO_ACCOUNT_HEADER, KO_REJECT_COUNT);
}

static enum ko_status cut_short(struct walk *w)
{
    w->rd->ledger->damaged = true;
    enum ko_status st =
        ko_ledger_remark(w->rd->ledger, "the document ends in the middle of a value");
    return st != KO_OK ? st
                       : settle(w, w->left.n, KO_ACCOUNT_REJECTED, KO_REJECT_JSON_SYNTAX);
}

/* Blanks up to and with the end of the line, if nothing else stands there. */
static size_t line_rest(struct ko_str s)
{
    size_t i = 0;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r'))
        i++;
    return i < s.n && s.p[i] == '\n' ? i + 1 : 0;
}

static enum ko_status take_record(struct walk *w, struct ko_str text)
{
    enum ko_reject why = KO_REJECT_JSON_SYNTAX;
    enum ko_status st = KO_OK;
    if (text.p[0] == '{')
        st = ko_json_value(w->rd, text, ko_reading_place(w->rd), &why);
    if (st != KO_OK)
        return st;
    size_t n = text.n + line_rest(ko_str_skip(w->left, text.n));
    bool used = why == KO_REJECT_COUNT;
    return settle(w, n, used ? KO_ACCOUNT_ACCEPTED : KO_ACCOUNT_REJECTED, why);
}

/* The value that begins behind ${space} blanks and does not end. */
static enum ko_status take_open(struct walk *w, size_t space)
{
    struct ko_str text = ko_str_skip(w->left, space);
    size_t inside;
    if (w->envelope != 0 || text.p[0] != '{' || !ko_json_envelope_open(text, &inside))
        return cut_short(w);
    w->nest++;
    return settle(w, space + inside, KO_ACCOUNT_HEADER, KO_REJECT_COUNT);
}

static enum ko_status take_value(struct walk *w, size_t space)
{
    struct ko_str text = ko_str_skip(w->left, space);
    size_t end, depth, inside;
    if (!ko_json_value_end(text, &end, &depth))
        return take_open(w, space);
    text = ko_str_sub(text, 0, end);
    if (w->envelope == 0 && text.p[0] == '{' && ko_json_envelope(text, &inside)) {
        w->nest++;
        w->envelope = w->nest;
        w->envelope_n = w->left.n - space - end;
        return settle(w, space + inside, KO_ACCOUNT_HEADER, KO_REJECT_COUNT);
    }
    if (space > 0) {
        enum ko_status st = settle(w, space, KO_ACCOUNT_HEADER, KO_REJECT_COUNT);
        if (st != KO_OK)
            return st;
    }
    return take_record(w, text);
}

static enum ko_status take_next(struct walk *w)
{
    size_t space = ko_json_space(w->left);
    if (space == w->left.n)
        return settle(w, space, KO_ACCOUNT_BLANK, KO_REJECT_COUNT);
    switch (w->left.p[space]) {
    case '[':
        return open_array(w, space);
    case ']':
        return close_array(w, space);
    case ',':
        return settle(w, space + 1, KO_ACCOUNT_HEADER, KO_REJECT_COUNT);
    default:
        return take_value(w, space);
    }
}

enum ko_status ko_json_read(struct ko_reading *rd)
{
    struct walk w = {.rd = rd};
    enum ko_status st = ko_input_rest(rd->in, KO_READ_DOCUMENT_MAX, &w.left);
    if (st == KO_ELIMIT)
        return ko_err_set(rd->err, st,
                          "a JSON document of over %d bytes; give it as "
                          "JSON Lines",
                          KO_READ_DOCUMENT_MAX);
    while (st == KO_OK && w.left.n > 0)
        st = take_next(&w);
    if (st == KO_OK && w.nest > 0) {
        rd->ledger->damaged = true;
        st = ko_ledger_remark(rd->ledger, "the document ends before its array does");
    }
    return st;
}
