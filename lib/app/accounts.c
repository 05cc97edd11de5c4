/* accounts.c: what was read and what was not, said to people and turned into an exit
 * status. */
#include "app/accounts.h"

#include "app/tools.h"

/* More samples of one export tell nothing new; the stream has more. */
enum { SAMPLES_SAID = 3 };

static void say_list(const struct ko_run *run, const struct ko_account *a,
                     const ko_strs *list, size_t most)
{
    for (size_t i = 0; i < list->n && i < most; i++)
        ko_io_say(run->io, "%.*s: %.*s", KO_ARG(a->file), KO_ARG(list->v[i]));
}

static void say_rejects(const struct ko_run *run, const struct ko_account *a)
{
    for (size_t i = 0; i < a->samples.n && i < SAMPLES_SAID; i++)
        ko_io_say(run->io, "%.*s", KO_ARG(a->samples.v[i]));
    struct ko_buf reasons;
    ko_buf_init(&reasons, KO_BUF_MAX);
    for (size_t i = 0; i < a->rejects.n; i++)
        ko_buf_printf(&reasons, "%s%.*s", i ? ", " : "", KO_ARG(a->rejects.v[i]));
    ko_io_say(run->io, "%.*s: %lld of %lld lines rejected: %.*s", KO_ARG(a->file),
              (long long)a->rejected, (long long)a->lines, KO_ARG(ko_buf_str(&reasons)));
    ko_buf_release(&reasons);
}

static void say(const struct ko_run *run, const struct ko_account *a)
{
    if (run->verbose)
        ko_io_say(run->io, "%.*s: %.*s (%.*s): %lld records in %lld lines, %.*s",
                  KO_ARG(a->file), KO_ARG(a->format), KO_ARG(a->why),
                  (long long)a->records, (long long)a->lines, KO_ARG(a->zone));
    if (a->rejected != 0)
        say_rejects(run, a);
    if (a->repeated)
        ko_io_say(run->io, "%.*s: same content as an earlier export; counted once",
                  KO_ARG(a->file));
    say_list(run, a, &a->remarks, a->remarks.n);
}

static bool assumed_zone(const struct ko_account *a)
{
    return ko_str_ends(a->zone, KO_STR("(assumed)"));
}

static bool minds(const struct ko_run *run, const struct ko_account *a)
{
    return a->damaged || (ko_args_has(&run->args, KO_OPT_STRICT) &&
                          (a->rejected != 0 || a->capped || assumed_zone(a)));
}

void ko_accounts_judge(struct ko_run *run, const struct ko_case *c)
{
    bool usable = false, doubtful = false;
    for (size_t i = 0; i < c->accounts.n; i++) {
        const struct ko_account *a = &c->accounts.v[i];
        if (!run->quiet)
            say(run, a);
        usable = usable || a->records > 0;
        doubtful = doubtful || minds(run, a);
    }
    if (!usable) {
        ko_io_say(run->io, "no usable input: no export held a record that could be read");
        run->code = KO_EXIT_NO_INPUT;
    } else if (doubtful && run->code == KO_EXIT_DONE) {
        run->code = KO_EXIT_DAMAGED;
    }
}

static void put_cell(struct ko_buf *out, struct ko_str s)
{
    ko_buf_put(out, s.n ? s : KO_STR("-"));
    ko_buf_putc(out, '\t');
}

static void put_flags(struct ko_buf *out, const struct ko_account *a)
{
    const struct {
        bool set;
        const char *word;
    } flags[] = {
        {a->damaged, "damaged"}, {a->capped, "capped"}, {a->repeated, "repeated"}};
    bool any = false;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (!flags[i].set)
            continue;
        ko_buf_printf(out, "%s%s", any ? "," : "", flags[i].word);
        any = true;
    }
    ko_buf_puts(out, any ? "\n" : "-\n");
}

void ko_accounts_explain(const struct ko_case *c, struct ko_buf *out)
{
    ko_buf_puts(out,
                "file\tformat\twhy\tzone\tlines\taccepted\trejected\trecords\tflags\n");
    for (size_t i = 0; i < c->accounts.n; i++) {
        const struct ko_account *a = &c->accounts.v[i];
        put_cell(out, a->file);
        put_cell(out, a->format);
        put_cell(out, a->why);
        put_cell(out, a->zone);
        ko_buf_printf(out, "%lld\t%lld\t%lld\t%lld\t", (long long)a->lines,
                      (long long)a->accepted, (long long)a->rejected,
                      (long long)a->records);
        put_flags(out, a);
    }
}
