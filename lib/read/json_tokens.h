/* json_tokens.h: a JSON object taken apart into slices of its text, where that is safe.
 */
#ifndef KO_READ_JSON_TOKENS_H
#define KO_READ_JSON_TOKENS_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "read/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Larger or deeper objects are left to the general path. */
enum { KO_JSON_TOKENS_MAX = 128, KO_JSON_TOKENS_DEPTH = 8 };

enum ko_json_what { KO_JSON_LEAF, KO_JSON_OPEN, KO_JSON_CLOSE };

/*
 * One member, or the end of a nested object:
 *
 *   {"a":1,"b":{"c":"x\n"}}   a LEAF NUMBER | b OPEN | c LEAF TEXT escaped | CLOSE
 */
struct ko_json_token {
    enum ko_json_what what;
    enum ko_value_type type; /* of a LEAF */
    bool escaped;            /* the value holds backslashes, as written */
    bool real;               /* a NUMBER with a fraction */
    struct ko_str key;
    struct ko_str value; /* as written; of null empty, and where it stands */
};

struct ko_json_tokens {
    struct ko_json_token v[KO_JSON_TOKENS_MAX];
    size_t n;
    uint64_t mark; /* hash of the kinds and, loosely, of the keys, in any order */
    bool nested;   /* there are objects inside */
};

#define KO_JSON_NULL KO_STR("null")

/* A place in a JSON text. */
struct ko_json_scan {
    const char *p, *end;
};

/*
 * ko_json_scan_text, _number, _word(s, ret, …):
 * Take one value: a string up to its closing quote, with the opening one taken before; a
 * number; true, false or null.  The closing quote stays.  false: it is none, or one that
 * ko_json_tokens_take leaves to the general path.
 */
bool ko_json_scan_text(struct ko_json_scan *s, struct ko_str *ret, bool *ret_escaped);
bool ko_json_scan_number(struct ko_json_scan *s, struct ko_str *ret, bool *ret_real);
bool ko_json_scan_word(struct ko_json_scan *s, struct ko_str *ret,
                       enum ko_value_type *ret_type);

/*
 * ko_json_tokens_take(text, ret):
 * Take ${text} apart.  What it accepts, jansson accepts unless a key comes twice in one
 * object or ko_json_unescape refuses a value; nothing that it does not accept is refused
 * for that.  Not taken: arrays, escaped keys, numbers with exponents or more than 17
 * digits, text behind the object.
 *
 * Returns: false when the general path has to judge
 * Cost:    O(n), no allocation
 */
bool ko_json_tokens_take(struct ko_str text, struct ko_json_tokens *ret);

/*
 * ko_json_unescape(arena, value, ret):
 * The text that ${value} of an escaped token means.
 *
 * Errors:  KO_ESYNTAX the general path has to judge; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_json_unescape(struct ko_arena *arena,
                                               struct ko_str value, struct ko_str *ret);

#endif
