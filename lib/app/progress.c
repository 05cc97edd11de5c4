/* progress.c: one line on a terminal about work that takes longer than a second. */
#include "app/progress.h"

#include "base/file.h"
#include "base/utf8.h"

/* Waits shorter than a second need no word; more than ten redraws a second only flicker.
 */
static const ko_dur SILENT = KO_SECOND, REDRAW = 100 * KO_MS;
enum { LINE_COLUMNS = 72, LINE_MAX = 512 };

void ko_progress_init(struct ko_progress *p, const struct ko_io *io, bool wanted)
{
    *p = (struct ko_progress){.io = io,
                              .wanted = wanted && io->err_tty && io->clock != NULL};
    if (p->wanted)
        p->started = io->clock();
}

/* A failing terminal does not stop the work. */
static void put(const struct ko_progress *p, struct ko_str text)
{
    enum ko_status unseen = ko_file_write(p->io->err, text, NULL);
    (void)unseen;
}

/* The end of a long path says more than its beginning. */
static struct ko_str tail(const char *what)
{
    struct ko_str s = ko_str(what);
    while (s.n && ko_utf8_width(s) > LINE_COLUMNS - 45) {
        uint32_t cp;
        s = ko_str_skip(s, ko_utf8_next(s, &cp));
    }
    return s;
}

static void put_printable(struct ko_buf *line, struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++)
        ko_buf_putc(line, s.p[i] >= 0x20 && s.p[i] < 0x7f ? s.p[i] : '?');
}

static void put_bytes(struct ko_buf *line, double bytes)
{
    static const char units[] = " kMGT";
    size_t unit = 0;
    for (; bytes >= 1000 && unit + 2 < sizeof units; unit++)
        bytes /= 1000;
    ko_buf_printf(line, unit == 0 ? "%.0f B" : "%.1f %cB", bytes, units[unit]);
}

static void put_rate(struct ko_buf *line, const struct ko_progress_state *s,
                     double seconds)
{
    double rate = (double)s->bytes / seconds;
    put_bytes(line, (double)s->bytes);
    ko_buf_puts(line, "  ");
    put_bytes(line, rate);
    ko_buf_puts(line, "/s  ");
    if (s->bytes_total > s->bytes && rate > 0)
        ko_buf_printf(line, "%.0f s left  ", (double)(s->bytes_total - s->bytes) / rate);
}

void ko_progress_step(struct ko_progress *p, const struct ko_progress_state *s)
{
    if (!p->wanted)
        return;
    ko_time now = p->io->clock();
    if (now - p->started < SILENT || now - p->drawn < REDRAW)
        return;
    struct ko_buf line;
    ko_buf_init(&line, LINE_MAX);
    ko_buf_printf(&line, "\r\033[K%zu of %zu  ", s->files, s->files_total);
    put_rate(&line, s, (double)(now - p->started) / (double)KO_SECOND);
    put_printable(&line, tail(s->what));
    put(p, ko_buf_str(&line));
    ko_buf_release(&line);
    p->drawn = now;
    p->visible = true;
}

void ko_progress_end(struct ko_progress *p)
{
    if (p->visible)
        put(p, KO_STR("\r\033[K"));
    p->visible = false;
}
