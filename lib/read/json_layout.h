/* json_layout.h: where the values of JSON lines stand, learnt from the lines before. */
#ifndef KO_READ_JSON_LAYOUT_H
#define KO_READ_JSON_LAYOUT_H

#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "read/json_tokens.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ko_json_form;

/* A tree of so many nodes is full: lines that are laid out otherwise are still read, key
 * by key.  Of the branches at one place so many are tried. */
enum { KO_JSON_LAYOUT_NODES = 2048, KO_JSON_LAYOUT_TRIES = 8 };

/* A value as it is written. */
struct ko_json_leaf {
    struct ko_str value; /* of a text without its quotes; of null empty */
    bool escaped, real;  /* as of a token */
};

/*
 * The bytes between one value and the next (the end of a text, keys, brackets), the type
 * of the value behind them, and what may stand behind that:
 *
 *   {"ts":  -- ,"level":"  -- ","msg":"  -- "}
 *                            \- ","app":{"name":"  -- "}}
 */
struct ko_json_node {
    struct ko_str lead; /* padded to a multiple of KO_BYTES_STEP */
    enum ko_value_type type;
    struct ko_json_node *below, *beside; /* the branch taken last stands first */
    const struct ko_json_form *form;     /* of a line that ends with this lead, or NULL */
    const uint8_t *order;                /* its field of each value; NULL: as they come */
};

struct ko_json_layout {
    struct ko_json_node *top;
    size_t n_nodes;
};

/*
 * ko_json_layout_add(layout, arena, text, tokens, form, order):
 * Lines laid out as ${text}, which is taken apart in ${tokens}, have ${form}; its values
 * are those of the fields ${order}, which is copied; NULL in the order of the fields.
 * Nothing is done when the tree is full.  KO_ENOMEM.
 */
KO_WARN_UNUSED enum ko_status
ko_json_layout_add(struct ko_json_layout *layout, struct ko_arena *arena,
                   struct ko_str text, const struct ko_json_tokens *tokens,
                   const struct ko_json_form *form, const uint8_t *order);

/*
 * ko_json_layout_take(layout, text, leaves):
 * Read the values of ${text} into ${leaves}, room for KO_JSON_TOKENS_MAX, if a line
 * before was laid out so, byte by byte but for the values.  What it takes,
 * ko_json_tokens_take takes apart alike.
 *
 * Returns: the node that the line ends with; NULL
 */
const struct ko_json_node *ko_json_layout_take(struct ko_json_layout *layout,
                                               struct ko_str text,
                                               struct ko_json_leaf *leaves);

#endif
