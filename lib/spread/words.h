/* words.h: what the words of a log template say of the trouble. */
#ifndef KO_SPREAD_WORDS_H
#define KO_SPREAD_WORDS_H

#include "base/str.h"
#include "case/case.h"

#include <stdbool.h>

/* Themes of a text, as bits; a text may have several. */
enum ko_theme {
    KO_THEME_RETRY = 1 << 0,    /* retry, attempt, backoff */
    KO_THEME_CAPACITY = 1 << 1, /* pool, exhausted, limit, memory, disk, throttled */
    KO_THEME_QUEUE = 1 << 2,    /* queue, backlog, waiting */
    KO_THEME_TIME = 1 << 3,     /* timeout, deadline, slow */
    KO_THEME_CONTEXT = 1 << 4,  /* context, transcript, session missing, not verified */
    KO_THEME_STALE = 1 << 5,    /* stale, outdated, cache, replica lag */
    KO_THEME_FALLBACK = 1 << 6, /* fallback, handoff, transfer, abandoned */
    KO_THEME_FAILURE = 1 << 7   /* failed, error, 5xx, refused, unavailable */
};

/* ko_words_themes(text): The themes of ${text}, by whole words, case ignored. */
unsigned ko_words_themes(struct ko_str text);

/* ko_words_again(text): Does ${text} say that something is done once more? */
bool ko_words_again(struct ko_str text);

/*
 * ko_words_name(text, name):
 * Does ${text} hold ${name} as a word: case ignored, with no letter, digit, `-` or `_` at
 * either side?  Names of under three bytes never do.
 */
bool ko_words_name(struct ko_str text, struct ko_str name);

/* ko_words_trouble(t): Does ${t} speak of trouble, by its severity or its words? */
bool ko_words_trouble(const struct ko_template *t);

/* ko_words_class(t): The class of signal that its rate stands for. */
enum ko_class ko_words_class(const struct ko_template *t);

#endif
