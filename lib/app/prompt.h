/* prompt.h: the commands of triage over a finished case. */
#ifndef KO_APP_PROMPT_H
#define KO_APP_PROMPT_H

#include "app/io.h"
#include "app/lines.h"
#include "base/buf.h"
#include "base/status.h"
#include "base/str.h"
#include "case/case.h"
#include "show/show.h"

#include <stdbool.h>
#include <stddef.h>

/* What the words behind a command are, for completion. */
enum ko_prompt_wants {
    KO_WANTS_NOTHING,
    KO_WANTS_COMMAND,
    KO_WANTS_ENTITY,
    KO_WANTS_SIGNAL, /* an entity, then one of its signals */
    KO_WANTS_EVIDENCE,
    KO_WANTS_FORMAT
};

/* A session; open struct, owned by the caller. */
struct ko_prompt {
    const struct ko_io *io;
    struct ko_case *c;
    const struct ko_show_options *show;
    struct ko_buf *out; /* what the commands print, for the caller to write */
    bool interactive;   /* a person types: mistakes do not end in the exit status */
    bool ended;         /* quit was said */
    bool mistaken;      /* a command was unknown or misused */
    enum ko_exit code;  /* a file could not be written */
    size_t unsaved;     /* notes that no file holds */
    bool warned;        /* about them */
};

struct ko_prompt_command {
    const char *name;
    const char *args, *help; /* args "": takes none */
    enum ko_prompt_wants wants;
    void (*run)(struct ko_prompt *p, struct ko_str args);
};

/* In the order of `help`; name NULL ends. */
extern const struct ko_prompt_command ko_prompt_commands[];

/*
 * ko_prompt_run(p, line):
 * Run the command ${line}: a name of the table or an unambiguous beginning of one, then
 * its arguments; 1 to 6 are the six questions; an empty line is the answer screen; "#"
 * begins a comment.  What it prints is appended to p->out; a mistake is said on stderr,
 * with the nearest command, and sets p->mistaken.
 */
void ko_prompt_run(struct ko_prompt *p, struct ko_str line);

/* ko_prompt_find(name, ret): The command that ${name} means; how many it may mean. */
size_t ko_prompt_find(struct ko_str name, const struct ko_prompt_command **ret);

/* ko_prompt_mistake(p, fmt, …): Say what is wrong with a command. */
void ko_prompt_mistake(struct ko_prompt *p, const char *fmt, ...) KO_PRINTF(2, 3);

/*
 * ko_prompt_complete(ctx, typed, arena, ret):
 * The completer of app/lines.h over the session ${ctx}: commands, then what the command
 * wants: entities, signals, evidence ids, formats.  Names with control characters or
 * blanks are left out: they could not be typed back.
 */
void ko_prompt_complete(void *ctx, struct ko_str typed, struct ko_arena *arena,
                        ko_candidates *ret);

#endif
