/* text_cloudfront.c: standard access logs of Amazon CloudFront, by TAB.
 * Source: Amazon CloudFront Developer Guide, "Standard log file fields". */
#include "read/text_http.h"
#include "read/text_line.h"
#include "read/text_scan.h"

enum {
    EDGE = 2,
    METHOD = 5,
    HOST = 6,
    PATH = 7,
    STATUS = 8,
    REQUEST_ID = 14,
    ALIAS = 15,
    TAKEN = 18,
    FIELDS = 19, /* and more behind them */
    STAMP_BYTES = 19
};

/* "2024-03-12\t15:22:28", in UTC: when the answer was sent. */
static bool take_stamp(struct ko_str line, struct ko_stamp *ret)
{
    char text[STAMP_BYTES];
    if (line.n <= STAMP_BYTES || line.p[10] != '\t' || line.p[STAMP_BYTES] != '\t')
        return false;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = line.p[i];
    text[10] = ' ';
    if (ko_time_parse((struct ko_str){text, sizeof text}, ret) != KO_OK)
        return false;
    ret->has_zone = true;
    return true;
}

enum ko_status ko_text_cloudfront(struct ko_str line, const struct ko_text_hint *hint,
                                  struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str fields[FIELDS], rest = line;
    ko_text_line_init(ret);
    if (!take_stamp(line, &ret->stamp))
        return KO_ENOTFOUND;
    for (size_t i = 0; i < FIELDS; i++) {
        if (!ko_str_cut(&rest, '\t', &fields[i]))
            return KO_ENOTFOUND;
    }
    struct ko_event *ev = &ret->ev;
    if (fields[METHOD].n == 0 || fields[METHOD].p[0] < 'A' || fields[METHOD].p[0] > 'Z')
        return KO_ENOTFOUND;
    ret->has_stamp = ret->stamp_is_end = true;
    ev->region = fields[EDGE];
    ev->entity = ko_text_is_nil(fields[ALIAS]) ? fields[HOST] : fields[ALIAS];
    ev->operation = fields[PATH];
    ev->request = fields[REQUEST_ID];
    ev->dur = ko_text_seconds(fields[TAKEN]);
    ko_text_http_status(ev, ko_text_status(fields[STATUS]));
    ko_text_http_message(ev, fields[PATH], line);
    return KO_OK;
}
