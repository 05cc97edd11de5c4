/* change_words.h: does a change speak of what failed? */
#ifndef KO_BLAME_CHANGE_WORDS_H
#define KO_BLAME_CHANGE_WORDS_H

#include "blame/clue.h"
#include "case/case.h"

#include <stddef.h>
#include <stdint.h>

/*
 * ko_change_words(c, clues, entity, change):
 * How much the words of ${change} (summary, files, and those of the commit with its id)
 * have in common with what is unusual about ${entity}: names of signals, texts of new log
 * lines.
 *
 * Words of three letters or more; rare words of the change list weigh more, the words of
 * the entity's own name nothing.
 *
 * Returns: 0 nothing in common; a sum of log(changes / changes with that word)
 * Cost:    O(words of the change * (clues + changes))
 */
double ko_change_words(const struct ko_case *c, const ko_clues *clues, uint32_t entity,
                       size_t change);

/* ko_change_same(a, b): Is one the deploy and the other the commit that it brought? */
bool ko_change_same(const struct ko_change *a, const struct ko_change *b);

#endif
