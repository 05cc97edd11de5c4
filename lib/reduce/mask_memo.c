/* mask_memo.c: the templates of messages that are written like one before. */
#include "reduce/mask_memo.h"

#include "base/bytes.h"
#include "reduce/mask.h"
#include "reduce/mask_words.h"

/* So many kinds with the same first bytes are tried. */
enum { TRIES = 16, PREFIX = sizeof(uint64_t) };

/* Bytes as they are, and the number behind them. */
struct piece {
    struct ko_str text; /* KO_BYTES_STEP bytes may be read there */
    bool number;        /* one follows */
    bool no_code;       /* and is none that could be a status */
};

struct ko_mask_kind {
    struct ko_mask_kind *beside;
    uint32_t text;
    size_t n;
    struct piece pieces[];
};

/* The bytes before the first digit are those of every message of the kind. */
static size_t slot_of(struct ko_str s)
{
    char first[PREFIX] = {0};
    if (s.n < PREFIX && s.n > 0)
        memcpy(first, s.p, s.n);
    uint64_t word = ko_bytes_le64(s.n < PREFIX ? first : s.p);
    uint64_t digits = ko_bytes_digits_of(word);
    if (digits != 0)
        word &= ((digits & (0 - digits)) >> 7) - 1; /* those before the first one */
    return (size_t)(word * 0x9e3779b97f4a7c15u >> 40) % KO_MASK_MEMO_SLOTS;
}

static size_t run_of_digits(struct ko_str s)
{
    return (size_t)(ko_bytes_digits(s.p, s.p + s.n) - s.p);
}

/* ---- finding ---- */

static bool is_of(const struct ko_mask_kind *kind, struct ko_str s)
{
    for (size_t i = 0; i < kind->n; i++) {
        const struct piece *p = &kind->pieces[i];
        if (!ko_bytes_begin(s.p, s.p + s.n, p->text.p, p->text.n))
            return false;
        s = (struct ko_str){s.p + p->text.n, s.n - p->text.n};
        size_t digits = p->number ? run_of_digits(s) : 0;
        if (p->number && digits == 0)
            return false;
        if (p->no_code && ko_mask_is_code((struct ko_str){s.p, digits}))
            return false;
        s = (struct ko_str){s.p + digits, s.n - digits};
    }
    return s.n == 0;
}

bool ko_mask_memo_find(struct ko_mask_memo *m, struct ko_str message, uint32_t *ret_text)
{
    struct ko_str s = ko_mask_head(message);
    struct ko_mask_kind **first = &m->slots[slot_of(s)], **link = first;
    for (size_t i = 0; i < TRIES && *link != NULL; i++) {
        struct ko_mask_kind *kind = *link;
        if (is_of(kind, s)) {
            *link = kind->beside;
            kind->beside = *first;
            *first = kind;
            *ret_text = kind->text;
            return true;
        }
        link = &kind->beside;
    }
    return false;
}

/* ---- adding ---- */

struct splitter {
    struct ko_str in;
    size_t from;          /* of the piece at hand */
    struct ko_str before; /* the word before */
    bool quoted;          /* or a quote stands there: who knows which word that is */
    size_t n;
    struct piece pieces[KO_MASK_BYTES + 1];
};

/* The run of ${n} digits at ${at} is part of a hole. */
static void leave_out(struct splitter *s, size_t at, size_t n, bool no_code)
{
    struct ko_str text = {s->in.p + s->from, at - s->from};
    s->pieces[s->n++] = (struct piece){text, true, no_code};
    s->from = at + n;
}

static void leave_out_digits(struct splitter *s, struct ko_str part)
{
    size_t base = (size_t)(part.p - s->in.p);
    for (size_t i = 0; i < part.n; i++) {
        size_t n = run_of_digits(ko_str_skip(part, i));
        if (n > 0)
            leave_out(s, base + i, n, false);
        i += n;
    }
}

/* Digits and what may stand in a number: a hole, unless it is a status. */
static void split_number(struct splitter *s, struct ko_str word)
{
    struct ko_str body = ko_mask_body(word);
    bool single = run_of_digits(body) == body.n;
    bool may_be_code = single && (s->quoted || ko_mask_before_code(s->before));
    if (!may_be_code)
        leave_out_digits(s, word);
    else if (!ko_mask_is_code(body))
        leave_out(s, (size_t)(body.p - s->in.p), body.n, true);
}

static bool is_number(struct ko_str s)
{
    unsigned bits = 0;
    for (size_t i = 0; i < s.n; i++)
        bits |= ko_mask_class(s.p[i]);
    return (bits & ~(unsigned)(KO_MASK_DIGIT | KO_MASK_MARK)) == 0;
}

/* Of a path, its parts that are numbers, and all of its query. */
static void split_path(struct splitter *s, struct ko_str word)
{
    struct ko_str rest = word, part;
    size_t query = word.n;
    if (ko_str_chr(word, '?', &query))
        rest.n = query;
    while (ko_str_cut(&rest, '/', &part)) {
        if (is_number(part))
            leave_out_digits(s, part);
    }
    leave_out_digits(s, ko_str_skip(word, query));
}

static void split_word(struct splitter *s, struct ko_str word, unsigned bits)
{
    if ((bits & KO_MASK_DIGIT) != 0) {
        if ((bits & ~(unsigned)(KO_MASK_DIGIT | KO_MASK_MARK)) == 0)
            split_number(s, word);
        else if (word.p[0] == '/')
            split_path(s, word);
    }
    s->before = ko_mask_body(word);
    s->quoted = false;
}

/* As ko_mask_template walks, but that what is quoted is taken word by word: digits there
 * are always part of a hole. */
static void split(struct splitter *s)
{
    size_t at = 0;
    while (at < s->in.n) {
        unsigned bits;
        size_t n = ko_mask_word(ko_str_skip(s->in, at), &bits);
        if (n > 0)
            split_word(s, ko_str_sub(s->in, at, n), bits);
        else
            s->quoted |= s->in.p[at] == '"' || s->in.p[at] == '\'';
        at += n > 0 ? n : 1;
    }
    struct ko_str tail = ko_str_skip(s->in, s->from);
    s->pieces[s->n++] = (struct piece){tail, false, false};
}

/* The bytes of all pieces, side by side, since each may be read past its end. */
static enum ko_status copy_pieces(struct ko_arena *arena, const struct splitter *s,
                                  struct piece *pieces)
{
    char *p = ko_arena_alloc(arena, s->in.n + KO_BYTES_STEP, 1);
    if (p == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < s->n; i++) {
        struct ko_str text = s->pieces[i].text;
        pieces[i] = s->pieces[i];
        pieces[i].text.p = p;
        if (text.n > 0)
            memcpy(p, text.p, text.n);
        p += text.n;
    }
    return KO_OK;
}

enum ko_status ko_mask_memo_add(struct ko_mask_memo *m, struct ko_arena *arena,
                                struct ko_str message, uint32_t text)
{
    struct splitter s;
    s.in = ko_mask_head(message);
    s.from = s.n = 0;
    s.before = (struct ko_str){NULL, 0};
    s.quoted = false;
    if (m->n >= KO_MASK_MEMO_KINDS)
        return KO_OK;
    split(&s);
    struct ko_mask_kind *kind =
        ko_arena_alloc(arena, 1, sizeof *kind + s.n * sizeof *s.pieces);
    if (kind == NULL)
        return KO_ENOMEM;
    *kind = (struct ko_mask_kind){.text = text, .n = s.n};
    if (copy_pieces(arena, &s, kind->pieces) != KO_OK)
        return KO_ENOMEM;
    struct ko_mask_kind **slot = &m->slots[slot_of(s.in)];
    kind->beside = *slot;
    *slot = kind;
    m->n++;
    return KO_OK;
}
