/* moment.h: everything of a case that has a time, on one line of time. */
#ifndef KO_SHOW_MOMENT_H
#define KO_SHOW_MOMENT_H

#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "case/case.h"

enum ko_moment_kind {
    KO_MOMENT_CHANGE,
    KO_MOMENT_ONSET,
    KO_MOMENT_MILESTONE,
    KO_MOMENT_NOTE
};

struct ko_moment {
    enum ko_moment_kind kind;
    ko_time time, lo, hi;
    uint32_t entity;
    struct ko_str what;   /* signal, kind of change, step of the response */
    struct ko_str detail; /* for people; may be empty */
    struct ko_str source; /* an evidence id, or a row "file:line"; may be empty */
    bool is_suspect;      /* a change that blame holds for the trigger */
};

typedef KO_LIST(struct ko_moment) ko_moments;

/*
 * ko_moment_list(c, arena, ret):
 * Changes, onsets, milestones and notes with a time, by time, then kind, entity, words.
 *
 * Owns:    the list lives in ${arena}, its texts in ${c}
 * Errors:  KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_moment_list(const struct ko_case *c,
                                             struct ko_arena *arena, ko_moments *ret);

/* ko_moment_kind_name(kind): change, onset, response, note. */
const char *ko_moment_kind_name(enum ko_moment_kind kind);

#endif
