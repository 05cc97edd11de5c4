/* names.h: which entities a text names. */
#ifndef KO_SPREAD_NAMES_H
#define KO_SPREAD_NAMES_H

#include "base/map.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

#include <stddef.h>
#include <stdint.h>

/* A text names no more than this that count. */
enum { KO_NAMES_MAX = 8 };

/* The names and aliases of a case, made once for many texts. */
struct ko_names {
    const struct ko_case *c;
    struct ko_map whole; /* in lower case, of names that are one word */
    uint32_t *odd;       /* entities with a name of several words */
    size_t n_odd;
};

/*
 * ko_names_init(c, scratch, ret):
 * Index the names of ${c}, which is borrowed.
 *
 * Owns:    ${scratch} holds the rest; ret->whole until ko_names_release
 * Errors:  KO_ENOMEM; then nothing is to be released
 */
KO_WARN_UNUSED enum ko_status
ko_names_init(const struct ko_case *c, struct ko_arena *scratch, struct ko_names *ret);
void ko_names_release(struct ko_names *names);

/*
 * ko_names_find(names, text, ret):
 * Write the entities that ${text} names, as ko_words_name has it, each once, in the order
 * of their first word; those with odd names last.
 *
 * Returns: how many, at most KO_NAMES_MAX
 * Cost:    O(text), and again for each odd name
 */
size_t ko_names_find(const struct ko_names *names, struct ko_str text,
                     uint32_t ret[KO_NAMES_MAX]);

#endif
