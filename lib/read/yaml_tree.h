/* yaml_tree.h: YAML documents as JSON values, one after the other, within bounds. */
#ifndef KO_READ_YAML_TREE_H
#define KO_READ_YAML_TREE_H

#include "base/status.h"
#include "base/str.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <yaml.h>

/*
 * Anchors let a few lines stand for billions of nodes ("billion laughs"): what an alias
 * repeats counts as if it were written there.
 */
enum {
    KO_YAML_DEPTH_MAX = 64,
    KO_YAML_NODES_MAX = 1 << 18, /* of one document */
    KO_YAML_ANCHORS_MAX = 1024
};

/* What is wrong with a document. */
struct ko_yaml_error {
    const char *text; /* static, or libyaml's */
    uint64_t line;    /* from 1, within the bytes given to ko_yaml_open */
    bool is_limit;    /* one of the maxima above, not the syntax */
};

/* One stream of documents. */
struct ko_yaml {
    yaml_parser_t parser;
    bool open;
};

/* ko_yaml_open(y, bytes): Begin; ${bytes} are borrowed.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_yaml_open(struct ko_yaml *y, struct ko_str bytes);
void ko_yaml_close(struct ko_yaml *y);

/*
 * ko_yaml_next(y, ret, ret_lines, ret_error):
 * The next document: mappings become objects, sequences arrays, scalars texts but for
 * plain true and false and whole numbers.  Where a key stands twice, the last counts.
 *
 * Owns:    the caller gives ${ret} back with json_decref
 * Returns: KO_OK with ${ret_lines}, the lines of the stream up to the end of the
 *          document; KO_END; KO_ESYNTAX with ${ret_error}: the stream cannot be read on;
 *          KO_ENOMEM
 * Cost:    O(bytes + nodes), no recursion
 */
KO_WARN_UNUSED enum ko_status ko_yaml_next(struct ko_yaml *y, json_t **ret,
                                           uint64_t *ret_lines,
                                           struct ko_yaml_error *ret_error);

#endif
