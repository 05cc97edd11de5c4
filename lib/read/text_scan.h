/* text_scan.h: the pieces that lines of text logs are made of. */
#ifndef KO_READ_TEXT_SCAN_H
#define KO_READ_TEXT_SCAN_H

#include "base/str.h"
#include "event/time.h"

#include <stdbool.h>
#include <stdint.h>

/* Each take moves ${rest} behind what it took and leaves it alone when it returns false.
 */

/* ko_text_blanks(rest): Skip spaces and tabs. */
static inline void ko_text_blanks(struct ko_str *rest)
{
    while (rest->n > 0 && (rest->p[0] == ' ' || rest->p[0] == '\t')) {
        rest->p++;
        rest->n--;
    }
}

/* ko_text_is_key_byte(c): May ${c} stand in the key of a pair: letters, digits, _.-@/ ?
 */
static inline bool ko_text_is_key_byte(char c)
{
    static const uint64_t set[2] = {UINT64_C(0x03ffe00000000000),
                                    UINT64_C(0x07fffffe87ffffff)};
    unsigned char u = (unsigned char)c;
    return u < 128 && (set[u / 64] >> u % 64 & 1) != 0;
}

/* ko_text_token(rest, ret): Skip blanks, take what stands before the next blank. */
bool ko_text_token(struct ko_str *rest, struct ko_str *ret);

/* ko_text_quoted(rest, ret): Skip blanks, take a "text" with \" inside; the quotes fall.
 */
bool ko_text_quoted(struct ko_str *rest, struct ko_str *ret);

/* ko_text_enclosed(rest, open, close, ret): Skip blanks, take [text]; the ends fall. */
bool ko_text_enclosed(struct ko_str *rest, char open, char close, struct ko_str *ret);

/* ko_text_literal(rest, lit): Take exactly ${lit}. */
bool ko_text_literal(struct ko_str *rest, struct ko_str lit);

/* ko_text_field(rest, ret): A quoted text if one stands there, else a token. */
bool ko_text_field(struct ko_str *rest, struct ko_str *ret);

/* ko_text_seek_equals(rest): Move ${rest} to the begin of the next word with a '=' in it;
 * empty it when there is none. */
void ko_text_seek_equals(struct ko_str *rest);

/*
 * ko_text_pair(rest, ret_key, ret_value):
 * Take key=value or key="value"; the key is letters, digits and "_.-@/".
 */
bool ko_text_pair(struct ko_str *rest, struct ko_str *ret_key, struct ko_str *ret_value);

/* ko_text_between(from, to): The bytes from the start of ${from} to the end of ${to},
 * slices of one line in that order. */
struct ko_str ko_text_between(struct ko_str from, struct ko_str to);

/* ko_text_is_nil(s): "", "-", "- - -": nothing there. */
bool ko_text_is_nil(struct ko_str s);

/* ko_text_seconds(s), ko_text_millis(s): A duration; -1 when it is "-", "-1" or no
 * number: what it would have measured did not happen. */
ko_dur ko_text_seconds(struct ko_str s);
ko_dur ko_text_millis(struct ko_str s);

/* ko_text_status(s): An HTTP status of three digits, else 0. */
int64_t ko_text_status(struct ko_str s);

#endif
