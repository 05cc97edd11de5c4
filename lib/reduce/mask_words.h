/* mask_words.h: the words that a message is masked by; private to the masks. */
#ifndef KO_REDUCE_MASK_WORDS_H
#define KO_REDUCE_MASK_WORDS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* What the bytes of a word say of it. */
enum {
    KO_MASK_ENDS = 1 << 0, /* a word ends before it */
    KO_MASK_DIGIT = 1 << 1,
    KO_MASK_AT = 1 << 2,
    KO_MASK_SLASH = 1 << 3,
    KO_MASK_ASKS = 1 << 4,
    KO_MASK_MARK = 1 << 5, /* may stand in a number */
    KO_MASK_NAME = 1 << 6  /* all others: a number has none */
};

/* By byte; 0 is KO_MASK_NAME. */
extern const unsigned char ko_mask_classes[256];

static inline unsigned ko_mask_class(char c)
{
    unsigned known = ko_mask_classes[(unsigned char)c];
    return known != 0 ? known : KO_MASK_NAME;
}

/* ko_mask_head(message): What a template is made of: the first line, cut to KO_MASK_BYTES
 * between two code points. */
struct ko_str ko_mask_head(struct ko_str message);
/* ko_mask_word(s, ret_bits): The length of the word that ${s} begins with, 0 for none; a
 * path keeps its query, which would otherwise end at its first '='. */
size_t ko_mask_word(struct ko_str s, unsigned *ret_bits);
/* ko_mask_body(word): ${word} without the punctuation that ends a sentence or a label. */
struct ko_str ko_mask_body(struct ko_str word);
/* ko_mask_is_code(s): Three digits, as a status is. */
bool ko_mask_is_code(struct ko_str s);
/* ko_mask_before_code(word): Does a status that follows ${word} tell the kind? */
bool ko_mask_before_code(struct ko_str word);

#endif
