/* text_container.c: the frames that container runtimes and kubectl put around lines. */
#include "read/text_container.h"

#include "read/text_line.h"
#include "read/text_plain.h"
#include "read/text_scan.h"
#include "read/text_trace.h"

static void take_message(struct ko_str rest, struct ko_text_line *ret)
{
    ret->is_framed = true;
    ret->may_continue = true;
    ret->belongs_above = ko_text_goes_on(rest);
    ret->ev.message = rest;
    ko_text_bare(&ret->ev.message, &ret->ev);
}

bool ko_text_cri_open(struct ko_str line, struct ko_text_cri_frame *ret)
{
    struct ko_str rest = line, time, stream, tag;
    if (line.n < 30 || line.p[10] != 'T' || !ko_text_token(&rest, &time) ||
        !ko_text_token(&rest, &stream) || !ko_text_token(&rest, &tag))
        return false;
    bool is_stderr = ko_str_eq(stream, KO_STR("stderr"));
    bool is_partial = tag.p[0] == 'P';
    if ((!is_stderr && !ko_str_eq(stream, KO_STR("stdout"))) ||
        (!is_partial && tag.p[0] != 'F') || (tag.n > 1 && tag.p[1] != ':'))
        return false;
    (void)ko_text_literal(&rest, KO_STR(" "));
    *ret = (struct ko_text_cri_frame){time, rest, is_partial, is_stderr};
    return true;
}

enum ko_status ko_text_cri(struct ko_str line, const struct ko_text_hint *hint,
                           struct ko_text_line *ret)
{
    (void)hint;
    struct ko_text_cri_frame frame;
    if (!ko_text_cri_open(line, &frame))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    if (ko_time_parse(frame.time, &ret->stamp) != KO_OK)
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    ret->has_stamp = true;
    ret->is_partial = frame.is_partial;
    take_message(frame.text, ret);
    return KO_OK;
}

enum { GENERATED_MAX = 10, GENERATED_PARTS = 2, RANDOM_PART = 5 };

/*
 * A part of a pod's name that the cluster made up: from an alphabet without vowels, so
 * that it spells nothing; "v2" is somebody's version.
 * Source: Kubernetes apimachinery pkg/util/rand, SafeEncodeString
 */
static bool is_generated(struct ko_str part)
{
    size_t digits = 0;
    for (size_t i = 0; i < part.n; i++) {
        char c = part.p[i];
        if (!ko_char_is_alnum(c) || c == 'a' || c == 'e' || c == 'i' || c == 'o' ||
            c == 'u')
            return false;
        digits += ko_char_is_digit(c) ? 1 : 0;
    }
    if (part.n == 0 || part.n > GENERATED_MAX ||
        (part.p[0] == 'v' && digits == part.n - 1))
        return false;
    return digits > 0 || part.n == RANDOM_PART;
}

struct ko_str ko_text_workload(struct ko_str pod)
{
    size_t dash;
    for (size_t i = 0; i < GENERATED_PARTS; i++) {
        if (!ko_str_rchr(pod, '-', &dash) || dash == 0 ||
            !is_generated(ko_str_skip(pod, dash + 1)))
            break;
        pod = ko_str_sub(pod, 0, dash);
    }
    return pod;
}

/*
 * "[pod/NAME/CONTAINER] 2026-03-14T13:50:03.695596000Z text" of kubectl logs --prefix
 * --timestamps; without the second option the time is what the program itself wrote.
 */
enum ko_status ko_text_kubectl(struct ko_str line, const struct ko_text_hint *hint,
                               struct ko_text_line *ret)
{
    (void)hint;
    struct ko_str rest = line, source, time = {0};
    size_t slash;
    if (!ko_str_starts(line, KO_STR("[pod/")) ||
        !ko_text_enclosed(&rest, '[', ']', &source))
        return KO_ENOTFOUND;
    ko_text_line_init(ret);
    source = ko_str_skip(source, 4);
    if (!ko_str_chr(source, '/', &slash))
        return KO_ENOTFOUND;
    ret->ev.instance = ko_str_sub(source, 0, slash);
    ret->ev.entity = ko_text_workload(ret->ev.instance);
    (void)ko_text_literal(&rest, KO_STR(" "));
    struct ko_str behind = rest;
    if (ko_text_token(&behind, &time) && ko_time_parse(time, &ret->stamp) == KO_OK &&
        ret->stamp.has_date) {
        ret->has_stamp = true;
        rest = behind;
        (void)ko_text_literal(&rest, KO_STR(" "));
    } else if (time.n > 10 && ko_char_is_digit(time.p[0]) && time.p[4] == '-' &&
               time.p[10] == 'T') {
        return ko_text_broken(ret, KO_REJECT_BAD_TIMESTAMP);
    } else {
        ret->time_inside = true;
    }
    take_message(rest, ret);
    return KO_OK;
}
