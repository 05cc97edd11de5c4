/* text_join.c: the lines that belong to one record of a text log. */
#include "read/text_join.h"

#include "read/text_container.h"
#include "read/text_plain.h"

/* A record keeps at most so much of what follows it; more lines still belong to it. */
enum { JOIN_LINES_MAX = 1000, JOIN_BYTES_MAX = 256 << 10 };

enum ko_status ko_text_join_parse(struct ko_text_joiner *j, struct ko_str text,
                                  struct ko_text_line *ret)
{
    if (j->peek.text.p == text.p && j->peek.text.n == text.n) {
        j->peek.text.p = NULL;
        *ret = j->peek.line;
        return j->peek.status;
    }
    return ko_text_line_parse(text, &j->hint, &j->format, ret);
}

static bool is_json_object(struct ko_str s)
{
    return s.n > 2 && s.p[0] == '{' && s.p[1] == '"' && s.p[s.n - 1] == '}';
}

/* A line that begins a record of its own; one that is indented never does. */
static bool begins_record(struct ko_text_joiner *j, struct ko_str text)
{
    struct ko_text_peek *p = &j->peek;
    if (text.p[0] == ' ' || text.p[0] == '\t' || text.p[0] == '}')
        return false;
    size_t format = j->format;
    p->status = ko_text_line_parse(text, &j->hint, &j->format, &p->line);
    bool above = p->status == KO_OK && p->line.belongs_above;
    if (p->status != KO_ENOTFOUND && !above) {
        p->text = text;
        return true;
    }
    j->format = format;
    return is_json_object(text);
}

static bool is_full(const struct ko_input *in, uint64_t lines)
{
    return lines > JOIN_LINES_MAX || ko_input_record(in).n > JOIN_BYTES_MAX;
}

/*
 * Read on while lines belong to the pending record of ${io_lines} lines; blank ones only
 * if others follow them (a Go panic has one inside).
 */
static enum ko_status gather(struct ko_text_joiner *j, uint64_t *io_lines)
{
    struct ko_input *in = j->rd->in;
    uint64_t kept = *io_lines, seen = *io_lines;
    struct ko_line next;
    enum ko_status st;
    while ((st = ko_input_line(in, &next)) == KO_OK) {
        seen++;
        bool blank = ko_str_trim(next.text).n == 0;
        if (next.flaw != KO_LINE_GOOD || (!blank && begins_record(j, next.text)))
            break;
        if (is_full(in, seen)) {
            j->tail_open = true;
            break;
        }
        if (!blank)
            kept = seen;
    }
    if (st != KO_OK && st != KO_END)
        return st;
    ko_input_back(in, kept);
    *io_lines = kept;
    return KO_OK;
}

/* The parts of a message that its runtime cut, put together in ${message}. */
static enum ko_status gather_parts(struct ko_text_joiner *j, bool is_stderr,
                                   struct ko_buf *message, uint64_t *io_lines)
{
    struct ko_input *in = j->rd->in;
    struct ko_text_cri_frame part = {.is_partial = true};
    struct ko_line next;
    while (part.is_partial) {
        enum ko_status st = ko_input_line(in, &next);
        if (st == KO_END)
            break;
        if (st != KO_OK)
            return st;
        if (next.flaw != KO_LINE_GOOD || is_full(in, *io_lines) ||
            !ko_text_cri_open(next.text, &part) || part.is_stderr != is_stderr) {
            ko_input_back(in, *io_lines);
            break;
        }
        ko_buf_put(message, part.text);
        ++*io_lines;
    }
    return message->status;
}

static enum ko_status join_parts(struct ko_text_joiner *j, struct ko_str text,
                                 struct ko_str *ret_message, uint64_t *io_lines)
{
    struct ko_text_cri_frame first;
    struct ko_buf b;
    if (!ko_text_cri_open(text, &first))
        return KO_OK;
    ko_buf_init(&b, 2 * (size_t)JOIN_BYTES_MAX + first.text.n);
    ko_buf_put(&b, first.text);
    enum ko_status st = gather_parts(j, first.is_stderr, &b, io_lines);
    if (st == KO_OK)
        st = ko_str_copy(j->rd->record, ko_buf_str(&b), ret_message);
    ko_buf_release(&b);
    return st;
}

static struct ko_str first_line(struct ko_str record)
{
    size_t at;
    struct ko_str s = ko_str_chr(record, '\n', &at) ? ko_str_sub(record, 0, at) : record;
    if (s.n > 0 && s.p[s.n - 1] == '\r')
        s.n--;
    return s;
}

static void extend(struct ko_text_line *io, struct ko_str record)
{
    struct ko_str *m = &io->ev.message;
    m->n = (size_t)(record.p + record.n - m->p);
    *m = ko_str_trim(*m);
}

enum ko_status ko_text_join(struct ko_text_joiner *j, struct ko_str text,
                            struct ko_text_line *io)
{
    struct ko_str whole = {0};
    uint64_t lines = 1;
    size_t format = j->format;
    enum ko_status st = KO_OK;
    if (io->is_partial)
        st = join_parts(j, text, &whole, &lines);
    if (st == KO_OK)
        st = gather(j, &lines);
    if (st != KO_OK)
        return st;
    struct ko_str record = ko_input_record(j->rd->in);
    if (record.p != text.p)
        st = ko_text_line_parse(first_line(record), &j->hint, &format, io);
    if (whole.n > 0) {
        io->ev.severity = KO_SEV_UNKNOWN;
        io->ev.message = whole;
        ko_text_bare(&io->ev.message, &io->ev);
    } else if (lines > 1 && !io->is_framed) {
        extend(io, record);
    }
    return st;
}
