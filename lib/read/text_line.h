/* text_line.h: one line of a text log becomes one event: what the line parsers share. */
#ifndef KO_READ_TEXT_LINE_H
#define KO_READ_TEXT_LINE_H

#include "base/status.h"
#include "base/str.h"
#include "event/event.h"
#include "event/ledger.h"
#include "event/time.h"

#include <stdbool.h>
#include <stddef.h>

struct ko_role_memo;
struct ko_stamp_memo;

/* What the head of a file tells about all its lines. */
struct ko_text_hint {
    ko_dur last_number; /* unit of a bare integer behind an access line; 0 not known */
    struct ko_role_memo *roles;   /* of keys in the lines; NULL: none is kept */
    struct ko_stamp_memo *stamps; /* of their times; NULL */
};

/*
 * A line as read.  ev has no time yet: it is that of stamp, less the duration where the
 * stamp is that of the end.
 */
struct ko_text_line {
    struct ko_event ev;
    bool has_stamp;
    struct ko_stamp stamp;
    bool stamp_is_end;
    uint64_t times;        /* the line stands for so many records, at least 1 */
    bool repeats_previous; /* "last message repeated 3 times" */
    bool may_be_repeated;  /* by such a line behind it */
    bool may_continue;     /* lines without a time behind it belong to it */
    bool is_framed;        /* so do lines in a frame of their own that belongs_above */
    bool belongs_above;
    bool is_partial;       /* the next line goes on within the message */
    bool time_inside;      /* the time stands inside the message, or nowhere */
    enum ko_reject reason; /* with KO_ESYNTAX, why */
};

/*
 * A line parser: fills ${ret} with slices of ${line}.
 *
 * Errors:  KO_ENOTFOUND the line is not of this format; KO_ESYNTAX it is, and is broken:
 *          ret->reason tells how.  ${ret} is undefined but for that
 */
typedef enum ko_status ko_text_parse_fn(struct ko_str line,
                                        const struct ko_text_hint *hint,
                                        struct ko_text_line *ret);

struct ko_text_format {
    const char *name;
    const char *row; /* of ko_formats that it belongs to */
    ko_text_parse_fn *parse;
};

/* In the order in which a line is tried; the last is plain text. */
extern const struct ko_text_format ko_text_formats[];
extern const size_t ko_text_formats_n;

/*
 * ko_text_line_parse(line, hint, io_format, ret):
 * Read ${line} by the format *${io_format} (an index; out of range: none yet), else by
 * the first other that fits, whose index is put there.  KO_ENOTFOUND no format fits.
 */
KO_WARN_UNUSED enum ko_status ko_text_line_parse(struct ko_str line,
                                                 const struct ko_text_hint *hint,
                                                 size_t *io_format,
                                                 struct ko_text_line *ret);

/* ko_text_line_is_clear(line, ret): Is ${line} of one format alone, so that the line
 * before it does not matter?  ${ret} is as ko_text_line_parse fills it. */
bool ko_text_line_is_clear(struct ko_str line, struct ko_text_line *ret);

/* ko_text_line_init(ret): A log event of which nothing is said. */
void ko_text_line_init(struct ko_text_line *ret);

/* ko_text_broken(ret, reason): KO_ESYNTAX with its reason. */
enum ko_status ko_text_broken(struct ko_text_line *ret, enum ko_reject reason);

ko_text_parse_fn ko_text_cri;
ko_text_parse_fn ko_text_kubectl;
ko_text_parse_fn ko_text_compose;
ko_text_parse_fn ko_text_stern;
ko_text_parse_fn ko_text_explore;
ko_text_parse_fn ko_text_heroku;
ko_text_parse_fn ko_text_rfc5424;
ko_text_parse_fn ko_text_rfc3164;
ko_text_parse_fn ko_text_alb;
ko_text_parse_fn ko_text_elb;
ko_text_parse_fn ko_text_envoy;
ko_text_parse_fn ko_text_haproxy;
ko_text_parse_fn ko_text_clf;
ko_text_parse_fn ko_text_cloudfront;
ko_text_parse_fn ko_text_plain;

#endif
