/* ingest_window.c: the options that say where in time to look. */
#include "app/ingest_options.h"

#include "app/tools.h"

bool ko_ingest_time(const char *text, ko_time *ret)
{
    struct ko_stamp stamp;
    if (ko_time_parse(ko_str(text), &stamp) != KO_OK || !stamp.has_date ||
        !stamp.has_year)
        return false;
    *ret = stamp.time;
    return true;
}

static bool read_time(struct ko_run *run, int id, const char *name, ko_time *ret)
{
    const char *text = ko_args_last(&run->args, id);
    if (text == NULL || ko_ingest_time(text, ret))
        return true;
    ko_run_usage(run, "--%s takes a time such as 2026-03-14T14:04:00Z, not '%s'", name,
                 text);
    return false;
}

/* Here a time of day will do: its date is that of the exports. */
static bool read_at(struct ko_run *run, ko_time *ret)
{
    const char *text = ko_args_last(&run->args, KO_OPT_AT);
    struct ko_stamp stamp;
    if (text == NULL || ko_time_parse(ko_str(text), &stamp) != KO_OK || stamp.has_date)
        return read_time(run, KO_OPT_AT, "at", ret);
    *ret = stamp.time;
    return true;
}

static bool read_step(struct ko_run *run, ko_dur *ret)
{
    const char *text = ko_args_last(&run->args, KO_OPT_STEP);
    ko_dur step = 0;
    if (text == NULL)
        return true;
    if (ko_time_parse_dur(ko_str(text), &step) != KO_OK || step < KO_SECOND ||
        step % KO_SECOND != 0 || step > KO_REDUCE_STEP_MAX) {
        ko_run_usage(run, "--step takes whole seconds such as 10s or 1m, not '%s'", text);
        return false;
    }
    *ret = step;
    return true;
}

/* ENTITY or ENTITY:SIGNAL; an entity may hold colons, a signal none. */
static void read_symptom(const struct ko_run *run, struct ko_reduce_options *opt)
{
    struct ko_str s = ko_str(ko_args_last(&run->args, KO_OPT_SYMPTOM));
    size_t colon;
    opt->symptom_entity = s;
    if (!ko_str_rchr(s, ':', &colon))
        return;
    opt->symptom_entity = ko_str_sub(s, 0, colon);
    opt->symptom_signal = ko_str_skip(s, colon + 1);
}

static void read_normal(const struct ko_run *run, struct ko_reduce_options *opt)
{
    for (size_t i = 0; i < run->args.given.n; i++) {
        const struct ko_arg *arg = &run->args.given.v[i];
        ko_time t;
        if (arg->id == KO_OPT_NORMAL && ko_ingest_time(arg->value, &t))
            opt->normal_to = t;
    }
}

bool ko_ingest_window(struct ko_run *run, struct ko_reduce_options *opt)
{
    read_symptom(run, opt);
    read_normal(run, opt);
    return read_time(run, KO_OPT_FROM, "from", &opt->from) &&
           read_time(run, KO_OPT_TO, "to", &opt->to) && read_at(run, &opt->at) &&
           read_step(run, &opt->step);
}
