/* title.c: a case in one line. */
#include "show/title.h"

#include "show/trail.h"

static const struct ko_suspect *first_suspect(const struct ko_case *c)
{
    for (size_t i = 0; i < c->suspects.n; i++) {
        if (c->suspects.v[i].rank == 1)
            return &c->suspects.v[i];
    }
    return NULL;
}

static void put_reach(struct ko_buf *out, const struct ko_case *c)
{
    const struct ko_chain *chain = ko_trail_chain(c);
    size_t reached = chain != NULL && chain->nodes.n ? chain->nodes.n - 1 : 0;
    if (c->head.symptom_entity.n) {
        ko_buf_puts(out, ", noticed at ");
        ko_buf_put(out, c->head.symptom_entity);
    } else if (reached) {
        ko_buf_printf(out, ", and %zu component%s behind it", reached,
                      reached == 1 ? "" : "s");
    }
}

void ko_title_put(struct ko_buf *out, const struct ko_case *c)
{
    const struct ko_suspect *s = first_suspect(c);
    const struct ko_chain *chain = ko_trail_chain(c);
    if (s != NULL && ko_str_eq(s->verdict, KO_STR("likely"))) {
        ko_buf_puts(out, "Trouble from ");
        ko_buf_put(out, ko_case_name(c, s->entity));
        put_reach(out, c);
    } else if (chain != NULL && chain->nodes.n) {
        ko_buf_puts(out, "Trouble first seen at ");
        ko_buf_put(out, ko_case_name(c, chain->nodes.v[0].entity));
        put_reach(out, c);
    } else if (s != NULL) {
        ko_buf_puts(out, "Possible trouble at ");
        ko_buf_put(out, ko_case_name(c, s->entity));
    } else if (c->accounts.n == 0) {
        ko_buf_puts(out, "Nothing was read");
    } else {
        ko_buf_puts(out, c->answers.n ? "No incident found" : "Not analysed yet");
    }
}
