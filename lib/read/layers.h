/* layers.h: what lies around the text of an export: gzip, zstd, UTF-16; found by its
 * first bytes and taken off. */
#ifndef KO_READ_LAYERS_H
#define KO_READ_LAYERS_H

#include "base/err.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"
#include "read/source.h"

#include <stdbool.h>
#include <stdint.h>

/* As deep as a real pipeline packs (a .gz inside a .gz, UTF-16 inside). */
enum { KO_LAYERS_MAX = 4 };

struct ko_layer;

struct ko_layers {
    size_t n; /* layers taken off */
    /* private to layers.c */
    struct ko_layer *v[2 * KO_LAYERS_MAX + 1];
    size_t used;
};

/*
 * ko_layers_open(layers, below, ret_top):
 * Look at the first bytes of ${below} and put what reads them upon it, until they are
 * plain text.  Members of gzip and frames of zstd that follow each other are one stream.
 *
 * Owns:    ${layers}, until ko_layers_release; ${below} must outlive it
 * Errors:  KO_ENOMEM.  ret_top gives what ${below} gives, and KO_ESYNTAX where compressed
 *          bytes are damaged or end too early; what came out before is good
 */
KO_WARN_UNUSED enum ko_status ko_layers_open(struct ko_layers *layers,
                                             struct ko_source below,
                                             struct ko_source *ret_top);
void ko_layers_release(struct ko_layers *layers);

/* ko_layers_name(layers, i): "gzip", "zstd", "UTF-16". */
const char *ko_layers_name(const struct ko_layers *layers, size_t i);
/* ko_layers_bytes(layers): Bytes that were read from ${below}. */
uint64_t ko_layers_bytes(const struct ko_layers *layers);

/* ko_layers_needed(head): Does a text that begins with ${head} lie in a layer? */
bool ko_layers_needed(struct ko_str head);

#endif
