/* milestone.c: which step of an incident a word stands for. */
#include "read/milestone.h"

struct stem {
    struct ko_str stem, what;
};

/* In the order in which they are looked for; the later step wins a phrase that names
 * two. */
static const struct stem stems[] = {
    {KO_STR_INIT("resol"), KO_STR_INIT("resolved")},
    {KO_STR_INIT("clos"), KO_STR_INIT("resolved")},
    {KO_STR_INIT("restor"), KO_STR_INIT("resolved")},
    {KO_STR_INIT("mitigat"), KO_STR_INIT("resolved")},
    {KO_STR_INIT("fix"), KO_STR_INIT("resolved")},
    {KO_STR_INIT("recover"), KO_STR_INIT("resolved")},
    {KO_STR_INIT("reassign"), KO_STR_INIT("assigned")},
    {KO_STR_INIT("assign"), KO_STR_INIT("assigned")},
    {KO_STR_INIT("delegat"), KO_STR_INIT("assigned")},
    {KO_STR_INIT("escalat"), KO_STR_INIT("assigned")},
    {KO_STR_INIT("ack"), KO_STR_INIT("acknowledged")},
    {KO_STR_INIT("accept"), KO_STR_INIT("acknowledged")},
    {KO_STR_INIT("trigger"), KO_STR_INIT("opened")},
    {KO_STR_INIT("open"), KO_STR_INIT("opened")},
    {KO_STR_INIT("creat"), KO_STR_INIT("opened")},
    {KO_STR_INIT("report"), KO_STR_INIT("opened")},
    {KO_STR_INIT("declar"), KO_STR_INIT("opened")},
    {KO_STR_INIT("detect"), KO_STR_INIT("opened")},
    {KO_STR_INIT("firing"), KO_STR_INIT("opened")},
};
enum { STEMS = sizeof stems / sizeof *stems };

static const struct ko_str noted = KO_STR_INIT("noted");

struct ko_str ko_milestone_word(struct ko_str word)
{
    for (size_t i = 0; i < STEMS; i++) {
        struct ko_str stem = stems[i].stem;
        if (ko_str_ieq(ko_str_sub(word, 0, stem.n), stem))
            return stems[i].what;
    }
    return noted;
}

struct ko_str ko_milestone_phrase(struct ko_str phrase)
{
    size_t at;
    for (size_t i = 0; i < STEMS; i++) {
        if (ko_str_ifind(phrase, stems[i].stem, &at))
            return stems[i].what;
    }
    return noted;
}
