/* yaml.c: YAML exports: catalogs of services, read as if they were JSON. */
#include "read/yaml.h"

#include "read/json_value.h"
#include "read/yaml_tree.h"

/* A catalog of more than this was made by a program and is to be had as JSON. */
enum { YAML_BYTES_MAX = 64 << 20 };

static bool is_key_char(char c)
{
    return ko_char_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

static bool key_of(struct ko_str line, struct ko_str *ret)
{
    size_t n = 0;
    while (n < line.n && is_key_char(line.p[n]))
        n++;
    bool ends = n + 1 >= line.n || ko_char_is_space(line.p[n + 1]);
    *ret = ko_str_sub(line, 0, n);
    return n > 0 && n < line.n && line.p[n] == ':' && ends;
}

/* Keys at the margin, or of the items of a list there, of what we know. */
static bool is_known_key(struct ko_str key)
{
    static const struct ko_str keys[] = {
        KO_STR_INIT("apiVersion"), KO_STR_INIT("component"), KO_STR_INIT("components"),
        KO_STR_INIT("entities"),   KO_STR_INIT("journeys"),  KO_STR_INIT("services"),
        KO_STR_INIT("service"),    KO_STR_INIT("kind"),      KO_STR_INIT("repository"),
        KO_STR_INIT("items"),      KO_STR_INIT("incidents"), KO_STR_INIT("changes"),
        KO_STR_INIT("system")};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (ko_str_eq(key, keys[i]))
            return true;
    }
    return false;
}

enum line_kind { LINE_NONE, LINE_YAML, LINE_KNOWN, LINE_OTHER };

static enum line_kind kind_of(struct ko_str line)
{
    struct ko_str key;
    while (line.n > 0 && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' '))
        line.n--;
    if (line.n == 0 || line.p[0] == '#' || line.p[0] == ' ')
        return LINE_NONE;
    if (ko_str_starts(line, KO_STR("---")) || ko_str_eq(line, KO_STR("...")) ||
        ko_str_starts(line, KO_STR("%YAML")))
        return LINE_YAML;
    if (ko_str_starts(line, KO_STR("- ")))
        line = ko_str_skip(line, 2);
    if (!key_of(line, &key))
        return LINE_OTHER;
    return is_known_key(key) ? LINE_KNOWN : LINE_YAML;
}

bool ko_yaml_probe(struct ko_str head, const char **ret_why)
{
    struct ko_str line, rest = head;
    bool known = false;
    while (ko_str_cut(&rest, '\n', &line)) {
        enum line_kind kind = kind_of(line);
        if (kind == LINE_OTHER && (rest.p != NULL || head.n < KO_READ_HEAD_BYTES))
            return false; /* the last line may be cut */
        known |= kind == LINE_KNOWN;
    }
    *ret_why = "lines of 'key:' with a key of service catalogs";
    return known;
}

/* How the walk through the stream stands. */
struct walk {
    struct ko_reading *rd;
    struct ko_yaml yaml;
    struct ko_str left; /* not settled */
    uint64_t lines;     /* settled */
    uint64_t line_0;
};

/* The bytes that are left up to the end of line ${lines} of the stream. */
static size_t bytes_to(struct walk *w, uint64_t lines)
{
    struct ko_str rest = w->left;
    size_t at;
    for (; w->lines < lines && ko_str_chr(rest, '\n', &at); w->lines++)
        rest = ko_str_skip(rest, at + 1);
    return w->lines < lines ? w->left.n : w->left.n - rest.n;
}

static enum ko_status settle(struct walk *w, size_t n, enum ko_account_class cls,
                             enum ko_reject why)
{
    w->left = ko_str_skip(w->left, n);
    return n > 0 ? ko_reading_settle_bytes(w->rd, n, cls, why) : KO_OK;
}

/* A list at the top holds records, as an array does in JSON. */
static enum ko_status take_document(struct walk *w, const json_t *value,
                                    enum ko_reject *ret_why)
{
    struct ko_place place = ko_reading_place(w->rd);
    if (!json_is_array(value))
        return json_is_null(value) ? KO_OK : ko_json_object(w->rd, value, place, ret_why);
    size_t i;
    json_t *item;
    enum ko_status st = KO_OK;
    json_array_foreach ((json_t *)value, i, item) {
        enum ko_reject why = KO_REJECT_COUNT;
        if (st == KO_OK)
            st = ko_json_object(w->rd, item, place, &why);
        if (why != KO_REJECT_COUNT)
            *ret_why = why;
    }
    return st;
}

static enum ko_status refuse_rest(struct walk *w, const struct ko_yaml_error *error)
{
    w->rd->ledger->damaged = true;
    enum ko_status st = ko_ledger_remark(
        w->rd->ledger, "line %llu: %s; nothing from that document on is used",
        (unsigned long long)(w->line_0 + error->line - 1), error->text);
    if (st != KO_OK)
        return st;
    return settle(w, w->left.n, KO_ACCOUNT_REJECTED,
                  error->is_limit ? KO_REJECT_EXPANDED_LIMIT : KO_REJECT_YAML_SYNTAX);
}

static enum ko_status take_next(struct walk *w)
{
    json_t *value = NULL;
    uint64_t lines = 0;
    struct ko_yaml_error error;
    enum ko_reject why = KO_REJECT_COUNT;
    enum ko_status st = ko_yaml_next(&w->yaml, &value, &lines, &error);
    if (st == KO_ESYNTAX) {
        st = refuse_rest(w, &error);
        return st != KO_OK ? st : KO_END;
    }
    if (st != KO_OK)
        return st;
    st = take_document(w, value, &why);
    json_decref(value);
    if (st != KO_OK)
        return st;
    bool used = why == KO_REJECT_COUNT;
    return settle(w, bytes_to(w, lines), used ? KO_ACCOUNT_ACCEPTED : KO_ACCOUNT_REJECTED,
                  why);
}

enum ko_status ko_yaml_read(struct ko_reading *rd)
{
    struct walk w = {.rd = rd, .line_0 = ko_input_line_number(rd->in)};
    enum ko_status st = ko_input_rest(rd->in, YAML_BYTES_MAX, &w.left);
    if (st == KO_ELIMIT)
        return ko_err_set(rd->err, st, "a YAML file of over %d bytes; give it as JSON",
                          YAML_BYTES_MAX);
    if (st == KO_OK)
        st = ko_yaml_open(&w.yaml, w.left);
    while (st == KO_OK)
        st = take_next(&w);
    ko_yaml_close(&w.yaml);
    return st == KO_END ? settle(&w, w.left.n, KO_ACCOUNT_HEADER, KO_REJECT_COUNT) : st;
}
