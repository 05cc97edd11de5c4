/* mechanism.c: how trouble got from one entity to another, by the symptoms of both. */
#include "spread/mechanism.h"

#include "spread/words.h"

#include <math.h>

#define LATENCY KO_SYMPTOM_LATENCY
#define ERROR KO_SYMPTOM_ERROR
#define RESOURCE KO_SYMPTOM_RESOURCE
#define QUEUE KO_SYMPTOM_QUEUE
#define RETRY KO_SYMPTOM_RETRY
#define CUSTOMER KO_SYMPTOM_CUSTOMER
#define HEALTH KO_SYMPTOM_HEALTH
#define MORE_LOAD KO_SYMPTOM_LOAD_RISE
#define ANY (~0u)

/* A side meets a rule when it has one of the symptoms or one of the themes. */
struct side {
    unsigned symptoms, themes;
};

struct rule {
    enum ko_way way;
    struct side from, to;
    struct ko_str name;
    int from_class, to_class; /* of the onsets that show it */
};

static const struct rule rules[] = {
    {KO_WAY_DOWN,
     {0, KO_THEME_CONTEXT},
     {ANY, ANY},
     KO_STR_INIT("lost-context"),
     KO_CLASS_ERROR,
     KO_CLASS_QUEUE},
    {KO_WAY_DOWN,
     {CUSTOMER, KO_THEME_FALLBACK},
     {MORE_LOAD | QUEUE | CUSTOMER, 0},
     KO_STR_INIT("channel-shift"),
     KO_CLASS_CUSTOMER,
     KO_CLASS_LOAD},
    {KO_WAY_DOWN,
     {ANY, ANY},
     {0, KO_THEME_CONTEXT},
     KO_STR_INIT("lost-context"),
     KO_CLASS_ERROR,
     KO_CLASS_ERROR},
    {KO_WAY_DOWN,
     {0, KO_THEME_STALE},
     {ANY, ANY},
     KO_STR_INIT("stale-data"),
     KO_CLASS_ERROR,
     KO_CLASS_ERROR},
    {KO_WAY_DOWN,
     {ANY, ANY},
     {QUEUE | CUSTOMER, KO_THEME_QUEUE},
     KO_STR_INIT("queue-pressure"),
     KO_CLASS_LATENCY,
     KO_CLASS_QUEUE},
    {KO_WAY_DOWN,
     {ANY, ANY},
     {MORE_LOAD | RESOURCE, KO_THEME_CAPACITY},
     KO_STR_INIT("saturation"),
     KO_CLASS_LOAD,
     KO_CLASS_RESOURCE},
    {KO_WAY_UP,
     {ANY, ANY},
     {0, KO_THEME_CONTEXT},
     KO_STR_INIT("lost-context"),
     KO_CLASS_ERROR,
     KO_CLASS_ERROR},
    {KO_WAY_UP,
     {0, KO_THEME_STALE},
     {ANY, ANY},
     KO_STR_INIT("stale-data"),
     KO_CLASS_ERROR,
     KO_CLASS_ERROR},
    {KO_WAY_UP,
     {ANY, ANY},
     {0, KO_THEME_STALE},
     KO_STR_INIT("stale-data"),
     KO_CLASS_ERROR,
     KO_CLASS_ERROR},
    {KO_WAY_UP,
     {LATENCY, KO_THEME_TIME},
     {LATENCY, KO_THEME_TIME},
     KO_STR_INIT("slow-dependency"),
     KO_CLASS_LATENCY,
     KO_CLASS_LATENCY},
    {KO_WAY_UP,
     {ERROR | HEALTH, KO_THEME_FAILURE},
     {ERROR, KO_THEME_FAILURE},
     KO_STR_INIT("error-propagation"),
     KO_CLASS_ERROR,
     KO_CLASS_ERROR},
    {KO_WAY_UP,
     {LATENCY, KO_THEME_TIME},
     {ERROR | RETRY, 0},
     KO_STR_INIT("slow-dependency"),
     KO_CLASS_LATENCY,
     KO_CLASS_ERROR},
    {KO_WAY_UP,
     {ANY, ANY},
     {CUSTOMER, KO_THEME_FALLBACK},
     KO_STR_INIT("channel-shift"),
     KO_CLASS_ERROR,
     KO_CLASS_CUSTOMER},
    {KO_WAY_UP,
     {ANY, ANY},
     {QUEUE, KO_THEME_QUEUE},
     KO_STR_INIT("queue-pressure"),
     KO_CLASS_LATENCY,
     KO_CLASS_QUEUE},
    {KO_WAY_UP,
     {RESOURCE | QUEUE | HEALTH, 0},
     {LATENCY, KO_THEME_TIME},
     KO_STR_INIT("slow-dependency"),
     KO_CLASS_RESOURCE,
     KO_CLASS_LATENCY},
    {KO_WAY_UP,
     {RESOURCE | QUEUE, KO_THEME_CAPACITY},
     {ERROR | RETRY, 0},
     KO_STR_INIT("error-propagation"),
     KO_CLASS_RESOURCE,
     KO_CLASS_ERROR},
    {KO_WAY_UP,
     {ERROR, 0},
     {LATENCY | RETRY, 0},
     KO_STR_INIT("error-propagation"),
     KO_CLASS_ERROR,
     KO_CLASS_LATENCY},
};

/* Rules that need more than the symptoms of both ends. */
static const struct rule moves_on = {.name = KO_STR_INIT("channel-shift"),
                                     .from_class = KO_CLASS_ERROR,
                                     .to_class = KO_CLASS_QUEUE};
static const struct rule waits = {.name = KO_STR_INIT("slow-dependency"),
                                  .from_class = KO_CLASS_LATENCY,
                                  .to_class = KO_CLASS_LATENCY};
static const struct rule presses = {.name = KO_STR_INIT("queue-pressure"),
                                    .from_class = KO_CLASS_OTHER,
                                    .to_class = KO_CLASS_QUEUE};
static const struct rule fails = {.name = KO_STR_INIT("error-propagation"),
                                  .from_class = KO_CLASS_ERROR,
                                  .to_class = KO_CLASS_ERROR};

static bool takes_customers(const struct ko_trouble *t)
{
    return t->kind == KO_KIND_CHANNEL || t->kind == KO_KIND_BOT;
}

/* A callee that fails at less than this part of what its caller fails at answers well:
 * the answer comes too late. */
static const double ANSWERS_WELL = 0.5;

/* Of a callee that is slow and fails: which of the two its caller fails by. */
static const struct rule *slow_or_failing(const struct ko_trouble *from,
                                          const struct ko_trouble *to)
{
    bool silent = (from->symptoms & HEALTH) != 0 && (from->symptoms & ERROR) == 0;
    if (to->kind == KO_KIND_QUEUE && (from->symptoms & LATENCY) != 0)
        return &waits;
    if (silent && (to->symptoms & LATENCY) != 0)
        return &waits;
    bool both = (to->symptoms & from->symptoms & ERROR) != 0 &&
                (to->symptoms & from->symptoms & LATENCY) != 0;
    bool told = (to->themes & KO_THEME_FAILURE) != 0 && (to->themes & KO_THEME_TIME) == 0;
    return both && told && from->failing >= ANSWERS_WELL * to->failing ? &fails : NULL;
}

/* Of a callee that nothing tells of: by what the caller shows. */
static const struct rule *after_unseen(const struct ko_trouble *to)
{
    if (to->kind == KO_KIND_QUEUE)
        return &presses;
    return (to->symptoms & LATENCY) != 0 ? &waits : &fails;
}

static bool about_content(const struct ko_trouble *from, const struct ko_trouble *to)
{
    return ((from->themes | to->themes) & (KO_THEME_CONTEXT | KO_THEME_STALE)) != 0;
}

/* NULL: the table decides. */
static const struct rule *special(const struct ko_trouble *from,
                                  const struct ko_trouble *to, enum ko_way way)
{
    if (from->main == KO_TROUBLE_UNSEEN)
        return after_unseen(to);
    if (about_content(from, to))
        return NULL;
    if (way == KO_WAY_UP)
        return slow_or_failing(from, to);
    return to->kind == KO_KIND_QUEUE && takes_customers(from) ? &moves_on : NULL;
}

static bool meets(const struct ko_trouble *t, struct side s)
{
    return (t->symptoms & s.symptoms) != 0 || (t->themes & s.themes) != 0;
}

/* The onset of a class that shows it, or the one that dates the trouble. */
static size_t shown_by(const struct ko_trouble *t, int cls)
{
    if (cls == KO_CLASS_LOAD && t->load_rise > 0)
        return t->load_rise - 1;
    return t->by_class[cls] > 0 ? t->by_class[cls] - 1 : t->main;
}

struct ko_mechanism ko_mechanism_of(const struct ko_trouble *from,
                                    const struct ko_trouble *to, enum ko_way way)
{
    const struct rule *r = special(from, to, way);
    for (size_t i = 0; r == NULL && i < sizeof rules / sizeof *rules; i++) {
        const struct rule *x = &rules[i];
        if (x->way == way && meets(from, x->from) && meets(to, x->to))
            r = x;
    }
    if (r != NULL)
        return (struct ko_mechanism){r->name, shown_by(from, r->from_class),
                                     shown_by(to, r->to_class)};
    return (struct ko_mechanism){KO_STR("unknown"), from->main, to->main};
}

/* What a caller feels when its callee has it. */
static const unsigned FELT_ABOVE =
    ERROR | LATENCY | RESOURCE | HEALTH | QUEUE | KO_SYMPTOM_OTHER;

/* Who does not wait for an answer does not feel it.  What is wrong with the content of
 * answers shows in no measure of the calls. */
static double support_up(const struct ko_trouble *from, const struct ko_trouble *to,
                         bool async, const struct ko_felt *felt)
{
    bool handed_up = (from->themes & to->themes & KO_THEME_STALE) != 0;
    bool noticed = felt != NULL && felt->score > 0;
    if (async)
        return noticed ? 0.3 : 0.03;
    if (handed_up)
        return 1.0;
    if (felt != NULL)
        return noticed ? 1.0 : 0.1;
    return from->symptoms & FELT_ABOVE ? 0.7 : 0.5;
}

static double support_down(const struct ko_trouble *to, bool async,
                           const struct ko_felt *felt)
{
    bool pushed = (to->symptoms & MORE_LOAD) != 0;
    bool queued = (to->symptoms & (QUEUE | CUSTOMER)) != 0;
    if (async)
        return queued || pushed ? 0.9 : 0.6;
    if (felt != NULL && felt->score > 0)
        return 0.03;
    return pushed || queued ? 0.3 : 0.03;
}

double ko_mechanism_support(const struct ko_trouble *from, const struct ko_trouble *to,
                            enum ko_way way, bool async, const struct ko_felt *felt)
{
    return way == KO_WAY_UP ? support_up(from, to, async, felt)
                            : support_down(to, async, felt);
}
