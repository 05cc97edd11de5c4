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

/* A longer command is a mistake. */
enum { KO_LINE_MAX = 1 << 20 };

/*
 * ko_line_read(fd, ret_line, err):
 * Append the next line of ${fd}, without newline and CR, to ${ret_line}.  Nothing behind
 * it is read: at a terminal nothing is there yet.
 *
 * Errors:  KO_END no more; KO_EIO; KO_ELIMIT a line over KO_LINE_MAX bytes; KO_ENOMEM
 * Cost:    a system call a byte, for what people type
 */
KO_WARN_UNUSED enum ko_status ko_line_read(int fd, struct ko_buf *ret_line,
                                           struct ko_err *err);

#endif
