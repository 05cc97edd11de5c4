/* text_cut.c: where a text log can be cut without anybody noticing. */
#include "read/json.h"
#include "read/text_container.h"
#include "read/text_line.h"
#include "read/text_read.h"

static struct ko_str without_cr(struct ko_str line)
{
    return line.n > 0 && line.p[line.n - 1] == '\r' ? ko_str_sub(line, 0, line.n - 1)
                                                    : line;
}

/* Lines of Docker's belong together in ways that only their neighbours tell. */
static bool is_object(struct ko_str line)
{
    return ko_str_starts(line, KO_STR("{\"")) && ko_str_ends(line, KO_STR("}")) &&
           !ko_str_starts(line, KO_STR("{\"log\":")) && ko_json_is_line(line);
}

/* Does the line above say that its message goes on in the next one? */
static bool goes_on(struct ko_str above)
{
    struct ko_text_cri_frame frame;
    return ko_text_cri_open(above, &frame) && frame.is_partial;
}

static bool begins_record(const struct ko_reading *rd, struct ko_str line,
                          struct ko_str above)
{
    struct ko_text_line parsed;
    size_t nul, max = rd->opt->line_max_bytes;
    line = without_cr(line);
    if (line.n == 0 || line.n > (max > 0 ? max : KO_READ_LINE_MAX) ||
        ko_str_chr(line, '\0', &nul))
        return false;
    if (line.p[0] == ' ' || line.p[0] == '\t' || line.p[0] == '}')
        return false;
    if (line.p[0] == '{')
        return is_object(line);
    return ko_text_line_is_clear(line, &parsed) && !parsed.belongs_above &&
           !parsed.repeats_previous && !goes_on(without_cr(above));
}

/* The last line of ${bytes}, which end with one. */
static struct ko_str last_line(struct ko_str bytes)
{
    size_t lf, from = 0;
    struct ko_str body = ko_str_sub(bytes, 0, bytes.n > 0 ? bytes.n - 1 : 0);
    if (ko_str_rchr(body, '\n', &lf))
        from = lf + 1;
    return ko_str_skip(body, from);
}

size_t ko_text_cut(const struct ko_reading *rd, struct ko_str bytes, uint64_t offset)
{
    size_t lf;
    (void)offset;
    if (!ko_str_rchr(bytes, '\n', &lf))
        return 0;
    bytes = ko_str_sub(bytes, 0, lf + 1);
    while (bytes.n > 0) {
        struct ko_str line = last_line(bytes);
        bytes = ko_str_sub(bytes, 0, (size_t)(line.p - bytes.p));
        if (bytes.n > 0 && begins_record(rd, line, last_line(bytes)))
            return bytes.n;
    }
    return 0;
}
