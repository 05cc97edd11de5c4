/* git_log.c: commits as git log --format='%H%x09%cI%x09%an%x09%s' prints them. */
#include "read/git_log.h"

/* Of a whole SHA-256, and of the shortest that git abbreviates to. */
enum { HASH_MAX = 64, HASH_MIN = 7 };

/* A line taken apart; slices of it. */
struct commit {
    struct ko_str hash, time, author, subject;
};

static bool is_hash(struct ko_str s)
{
    if (s.n < HASH_MIN || s.n > HASH_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!ko_char_is_digit(s.p[i]) && (s.p[i] < 'a' || s.p[i] > 'f'))
            return false;
    }
    return true;
}

static bool take_apart(struct ko_str line, struct commit *ret)
{
    bool whole = ko_str_cut(&line, '\t', &ret->hash) &&
                 ko_str_cut(&line, '\t', &ret->time) &&
                 ko_str_cut(&line, '\t', &ret->author) && line.p != NULL;
    ret->subject = line;
    return whole && is_hash(ret->hash);
}

bool ko_git_log_probe(struct ko_str head, const char **ret_why)
{
    struct ko_str line;
    struct commit c;
    struct ko_stamp stamp;
    if (!ko_str_cut(&head, '\n', &line) || !take_apart(line, &c) ||
        ko_time_parse(ko_str_trim(c.time), &stamp) != KO_OK)
        return false;
    *ret_why = "a commit's hash and time, separated by TAB";
    return true;
}

static enum ko_status emit_commit(struct ko_reading *rd, const struct commit *c,
                                  enum ko_reject *ret_why)
{
    struct ko_event ev;
    struct ko_stamp stamp;
    ko_event_init(&ev, KO_EVENT_CHANGE);
    *ret_why = KO_REJECT_BAD_TIMESTAMP;
    if (ko_time_parse(ko_str_trim(c->time), &stamp) != KO_OK)
        return KO_OK;
    ev.time = ko_reading_time(rd, &stamp);
    if (ev.time == KO_TIME_NONE)
        return KO_OK;
    *ret_why = KO_REJECT_COUNT;
    ev.has_zone = stamp.has_zone;
    ev.place = ko_reading_place(rd);
    ev.what = KO_STR("commit");
    ev.id = c->hash;
    ev.message = ko_str_trim(c->subject);
    return ko_reading_emit(rd, &ev);
}

enum ko_status ko_git_log_read(struct ko_reading *rd)
{
    struct ko_line line;
    enum ko_status st;
    while ((st = ko_reading_line(rd, &line)) == KO_OK) {
        struct commit c;
        enum ko_reject why = KO_REJECT_FIELD_COUNT;
        if (take_apart(line.text, &c))
            st = emit_commit(rd, &c, &why);
        if (st == KO_OK)
            st = why == KO_REJECT_COUNT ? ko_reading_accept(rd)
                                        : ko_reading_reject(rd, why);
        if (st != KO_OK)
            return st;
    }
    return st == KO_END ? KO_OK : st;
}
