/* sheet.h: a row of a CSV table taken apart by the names of its columns. */
#ifndef KO_READ_SHEET_H
#define KO_READ_SHEET_H

#include "read/reading.h"
#include "read/record.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Columns are asked for by plain names: lower case, letters, digits and "%" only
 * ("Contacts queued" is contactsqueued).  Behind a bar stands the next one to try: the
 * first that holds something is taken.
 */
struct ko_sheet {
    struct ko_reading *rd;
    const struct ko_record *r;  /* the row; keys as written */
    const struct ko_str *plain; /* of each column */
};

/* ko_sheet_plain(arena, name, ret): ${name} as a plain name.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_sheet_plain(struct ko_arena *arena, struct ko_str name,
                                             struct ko_str *ret);

/* ko_sheet_has(plain, n, need): Is of each group of ${need}, separated by commas, one of
 * the names, separated by bars, among the ${n} columns? */
bool ko_sheet_has(const struct ko_str *plain, size_t n, const char *need);

/* ko_sheet_text(s, names): Trimmed; empty where there is none or it says "nothing". */
struct ko_str ko_sheet_text(const struct ko_sheet *s, const char *names);
/* ko_sheet_true(s, names): true, yes, y, 1 or a larger number. */
bool ko_sheet_true(const struct ko_sheet *s, const char *names);
/* ko_sheet_false(s, names): false, no, n or 0 is written there. */
bool ko_sheet_false(const struct ko_sheet *s, const char *names);
/* ko_sheet_dur(s, names, unit_ns): A duration, bare numbers in that unit; -1 none. */
ko_dur ko_sheet_dur(const struct ko_sheet *s, const char *names, ko_dur unit_ns);
/* ko_sheet_words(s, words, n): The first column whose name has all ${n} ${words} in it
 * and holds something. */
struct ko_str ko_sheet_words(const struct ko_sheet *s, const char *const *words,
                             size_t n);

/* ko_sheet_time(s, text, ev): Put the time ${text} into ${ev}; KO_REJECT_COUNT, or why
 * it is none. */
enum ko_reject ko_sheet_time(const struct ko_sheet *s, struct ko_str text,
                             struct ko_event *ev);

/* ko_sheet_instant(s, names): The time that stands there; KO_TIME_NONE if none does. */
ko_time ko_sheet_instant(const struct ko_sheet *s, const char *names);

/* ko_sheet_list(s, name, ret): All columns called ${name}, with ", " between.  Lives as
 * long as the record.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_sheet_list(const struct ko_sheet *s, const char *name,
                                            struct ko_str *ret);

/* ko_sheet_join(s, parts, n, ret): Those of the ${n} ${parts} that say something, with
 * blanks between.  KO_ENOMEM. */
KO_WARN_UNUSED enum ko_status ko_sheet_join(const struct ko_sheet *s,
                                            const struct ko_str *parts, size_t n,
                                            struct ko_str *ret);

#endif
