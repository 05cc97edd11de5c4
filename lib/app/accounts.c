/* accounts.c: what was read and what was not, said to people and turned into an exit
 * status. */
#include "app/accounts.h"

#include "app/tools.h"

/* More samples of one export tell nothing new; the stream has more. */
enum { SAMPLES_SAID = 3 };

static void say_remarks(const struct ko_run *run, const struct ko_account *a)
{
    for (size_t i = 0; i < a->remarks.n; i++)
        ko_io_say(run->io, "%.*s: %.*s", KO_ARG(a->file), KO_ARG(a->remarks.v[i]));
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

static void say_no_record(const struct ko_run *run, const struct ko_account *a)
{
    if (a->bytes == 0)
        ko_io_say(run->io, "%.*s: is empty", KO_ARG(a->file));
    else
        ko_io_say(run->io, "%.*s: no record found in %lld lines, read as %.*s (%.*s)",
                  KO_ARG(a->file), (long long)a->lines, KO_ARG(a->format),
                  KO_ARG(a->why));
}

static void say(const struct ko_run *run, const struct ko_account *a)
{
    if (run->verbose)
        ko_io_say(run->io, "%.*s: %.*s (%.*s): %lld records in %lld lines, %.*s",
                  KO_ARG(a->file), KO_ARG(a->format), KO_ARG(a->why),
                  (long long)a->records, (long long)a->lines, KO_ARG(a->zone));
    if (a->rejected != 0)
        say_rejects(run, a);
    if (a->records == 0 && !a->damaged)
        say_no_record(run, a);
    if (a->repeated)
        ko_io_say(run->io, "%.*s: same content as an earlier export; counted once",
                  KO_ARG(a->file));
    say_remarks(run, a);
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
