/* lines.h: where the lines of the prompt come from: an editor at a terminal, or any
 * descriptor. */
#ifndef KO_APP_LINES_H
#define KO_APP_LINES_H

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* One candidate for what is being typed. */
typedef KO_LIST(struct ko_str) ko_candidates;

/*
 * Gives the completions of the word that ends at the end of ${typed}, all text before the
 * cursor: whole words in ${arena}, in their order.  Memory running out gives fewer.
 */
struct ko_completer {
    void (*complete)(void *ctx, struct ko_str typed, struct ko_arena *arena,
                     ko_candidates *ret);
    void *ctx;
};

/* A line editor; the readline of cmd/ is the only one. */
struct ko_line_ui {
    const char *version; /* "readline 8.2" */
    /* Use the terminal ${fd} and ${completer}, which must outlive the use. */
    void (*open)(int fd, const struct ko_completer *completer);
    /* Show ${prompt}, append the line without its newline to ${ret}.  KO_END at the end
     * of input; an interrupt gives an empty line. */
    enum ko_status (*read)(const char *prompt, struct ko_buf *ret);
    /* Let the line be recalled with the arrow keys. */
    void (*remember)(const char *line);
    void (*close)(void);
};

/* Lines from a descriptor that nobody edits. */
struct ko_line_source {
    int fd;
    struct ko_buf pending;
    bool ended;
};

void ko_line_source_init(struct ko_line_source *s, int fd);
void ko_line_source_release(struct ko_line_source *s);

/*
 * ko_line_source_next(s, ret_line, err):
 * Append the next line, without newline and CR, to ${ret_line}.
 *
 * Errors:  KO_END no more; KO_EIO; KO_ELIMIT a line over 1 MiB; KO_ENOMEM
 */
KO_WARN_UNUSED enum ko_status ko_line_source_next(struct ko_line_source *s,
                                                  struct ko_buf *ret_line,
                                                  struct ko_err *err);

#endif
