/* prompt_complete.c: what TAB offers at the prompt. */
#include "app/prompt.h"

#include "base/list.h"

/* The words offered so far, and what they must begin with. */
struct offering {
    struct ko_arena *arena;
    struct ko_str begin;
    ko_candidates *to;
};

/* Names that a terminal would obey, or that a blank would cut, cannot be typed back. */
static bool can_be_typed(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f)
            return false;
    return s.n != 0;
}

static bool offered(const ko_candidates *list, struct ko_str word)
{
    for (size_t i = 0; i < list->n; i++)
        if (ko_str_eq(list->v[i], word))
            return true;
    return false;
}

static void offer(struct offering *o, struct ko_str word)
{
    if (!ko_str_starts(word, o->begin) || !can_be_typed(word) || offered(o->to, word))
        return;
    struct ko_str *slot, copy;
    if (ko_str_copy(o->arena, word, &copy) != KO_OK)
        return;
    KO_LIST_ADD(o->arena, o->to, slot);
    if (slot != NULL)
        *slot = copy;
}

static void offer_commands(struct offering *o)
{
    for (const struct ko_prompt_command *c = ko_prompt_commands; c->name != NULL; c++)
        offer(o, ko_str(c->name));
}

static void offer_entities(struct offering *o, const struct ko_case *c)
{
    for (size_t i = 0; i < c->entities.n; i++)
        offer(o, c->entities.v[i].name);
}

static void offer_signals(struct offering *o, const struct ko_case *c, struct ko_str name)
{
    uint32_t entity;
    if (!ko_case_find_entity(c, name, &entity))
        return;
    for (size_t i = 0; i < c->series.n; i++)
        if (c->series.v[i].entity == entity && !c->series.v[i].normal)
            offer(o, c->series.v[i].signal);
}

static void offer_evidence(struct offering *o, const struct ko_case *c)
{
    for (size_t i = 0; i < c->evidence.n; i++)
        offer(o, c->evidence.v[i].id);
}

static void offer_formats(struct offering *o)
{
    for (const struct ko_show_format *f = ko_show_formats; f->name != NULL; f++)
        offer(o, ko_str(f->name));
}

/* ${words} is what stands between the command and the word being typed. */
static void offer_wanted(struct offering *o, const struct ko_case *c,
                         enum ko_prompt_wants wants, struct ko_str words)
{
    switch (wants) {
    case KO_WANTS_NOTHING:
        break;
    case KO_WANTS_COMMAND:
        offer_commands(o);
        break;
    case KO_WANTS_ENTITY:
        offer_entities(o, c);
        break;
    case KO_WANTS_SIGNAL:
        if (words.n)
            offer_signals(o, c, words);
        else
            offer_entities(o, c);
        break;
    case KO_WANTS_EVIDENCE:
        offer_evidence(o, c);
        break;
    case KO_WANTS_FORMAT:
        if (words.n == 0)
            offer_formats(o);
        break;
    }
}

void ko_prompt_complete(void *ctx, struct ko_str typed, struct ko_arena *arena,
                        ko_candidates *ret)
{
    const struct ko_prompt *p = ctx;
    struct offering o = {.arena = arena, .to = ret, .begin = typed};
    struct ko_str before = {0}, name;
    size_t blank;
    if (ko_str_rchr(typed, ' ', &blank)) {
        before = ko_str_trim(ko_str_sub(typed, 0, blank));
        o.begin = ko_str_skip(typed, blank + 1);
    }
    if (before.n == 0) {
        offer_commands(&o);
        return;
    }
    const struct ko_prompt_command *command;
    if (ko_str_cut(&before, ' ', &name) && ko_prompt_find(name, &command) == 1)
        offer_wanted(&o, p->c, command->wants, ko_str_trim(before));
}
