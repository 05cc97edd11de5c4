/* accounts.c: what was read and what was not, said to people and turned into an exit
 * status. */
#include "app/accounts.h"

#include "app/tools.h"

#include <stdint.h>

/* What is said at most without -v; the stream has more, and --rejects all. */
enum { SAMPLES_EACH = 3, SAMPLES_ALL = 12, SAME_REMARKS = 3 };

static void say_samples(const struct ko_run *run, const struct ko_account *a,
                        size_t *room)
{
    for (size_t i = 0; i < a->samples.n && i<SAMPLES_EACH && * room> 0; i++, (*room)--)
        ko_io_say(run->io, "%.*s", KO_ARG(a->samples.v[i]));
}

static void say_rejects(const struct ko_run *run, const struct ko_account *a)
{
    struct ko_buf reasons;
    ko_buf_init(&reasons, KO_BUF_MAX);
    for (size_t i = 0; i < a->rejects.n; i++)
        ko_buf_printf(&reasons, "%s%.*s", i ? ", " : "", KO_ARG(a->rejects.v[i]));
    ko_io_say(run->io, "%.*s: %lld of %lld lines rejected: %.*s", KO_ARG(a->file),
              (long long)a->rejected, (long long)a->lines, KO_ARG(ko_buf_str(&reasons)));
    ko_buf_release(&reasons);
}

static bool has_remark(const struct ko_account *a, struct ko_str remark)
{
    for (size_t i = 0; i < a->remarks.n; i++)
        if (ko_str_eq(a->remarks.v[i], remark))
            return true;
    return false;
}

/* How many exports have the remark, and whether ${a} is the first of them. */
static size_t count_remark(const struct ko_case *c, const struct ko_account *a,
                           struct ko_str remark, bool *ret_first)
{
    size_t n = 0;
    for (size_t i = 0; i < c->accounts.n; i++) {
        if (!has_remark(&c->accounts.v[i], remark))
            continue;
        if (n++ == 0)
            *ret_first = &c->accounts.v[i] == a;
    }
    return n;
}

/* What many exports have in common is said once. */
static void say_remark(const struct ko_run *run, const struct ko_case *c,
                       const struct ko_account *a, struct ko_str remark)
{
    bool first = true;
    size_t n = count_remark(c, a, remark, &first);
    if (run->verbose || n <= SAME_REMARKS)
        ko_io_say(run->io, "%.*s: %.*s", KO_ARG(a->file), KO_ARG(remark));
    else if (first)
        ko_io_say(run->io, "%.*s and %zu more: %.*s", KO_ARG(a->file), n - 1,
                  KO_ARG(remark));
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

static void say_format(const struct ko_run *run, const struct ko_account *a)
{
    ko_io_say(run->io, "%.*s: %.*s (%.*s): %lld records in %lld lines, %.*s",
              KO_ARG(a->file), KO_ARG(a->format), KO_ARG(a->why), (long long)a->records,
              (long long)a->lines, KO_ARG(a->zone));
}

/* "same records as FILE: counted once". */
static bool says_why_repeated(const struct ko_account *a)
{
    for (size_t i = 0; i < a->remarks.n; i++) {
        if (ko_str_starts(a->remarks.v[i], KO_STR("same ")))
            return true;
    }
    return false;
}

/* ${room}: samples that may still be shown. */
static void say(const struct ko_run *run, const struct ko_case *c,
                const struct ko_account *a, size_t *room)
{
    if (run->verbose)
        say_format(run, a);
    if (a->rejected != 0) {
        say_samples(run, a, room);
        say_rejects(run, a);
    }
    if (a->records == 0 && !a->damaged && !a->repeated)
        say_no_record(run, a);
    if (a->repeated && !says_why_repeated(a))
        ko_io_say(run->io, "%.*s: same content as an earlier export; counted once",
                  KO_ARG(a->file));
    for (size_t i = 0; i < a->remarks.n; i++) {
        /* the reason was said when the file was looked for */
        if (!ko_str_starts(a->remarks.v[i], KO_STR("not read: ")))
            say_remark(run, c, a, a->remarks.v[i]);
    }
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
    size_t room = run->verbose ? SIZE_MAX : SAMPLES_ALL;
    for (size_t i = 0; i < c->accounts.n; i++) {
        const struct ko_account *a = &c->accounts.v[i];
        if (!run->quiet)
            say(run, c, a, &room);
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
