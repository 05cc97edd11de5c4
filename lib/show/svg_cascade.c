/* svg_cascade.c: the cascade as a graph from left to right. */
#include "show/svg_cascade.h"

#include "show/scratch.h"
#include "show/svg.h"
#include "show/words.h"

#include <stdint.h>

/* Units of the drawing. */
enum {
    BOX_W = 170,
    BOX_H = 62,
    GAP_X = 150,
    GAP_Y = 42,
    MARGIN = 14,
    WIDTH_MIN = 1100,
    STEPS_MAX = 60,
    NAME_COLUMNS = 21,
    TURN = 44, /* of a link, before it runs level to its end */
    LOOP_DROP = 34
};

struct frame {
    const struct ko_case *c;
    const struct ko_trail *trail;
    struct ko_buf *out;
    struct ko_point *at; /* upper left corner of each step's box */
    size_t n;
    struct ko_buf text;
};

/* Leaves take the next free row; a parent stands at the middle of its children.  Children
 * follow their parent in the trail, so that going backwards sees them first. */
static void place(struct frame *f, double *ret_rows)
{
    double row = 0;
    for (size_t i = 0; i < f->n; i++) {
        const struct ko_trail_step *s = &f->trail->steps.v[i];
        bool leaf = i + 1 >= f->n || f->trail->steps.v[i + 1].parent != i;
        f->at[i].x = MARGIN + (double)s->depth * (BOX_W + GAP_X);
        f->at[i].y = leaf ? row++ : -1;
    }
    for (size_t i = f->n; i-- > 0;) {
        double lo = 1e9, hi = -1;
        for (size_t k = i + 1; k < f->n; k++) {
            if (f->trail->steps.v[k].parent == i) {
                lo = f->at[k].y < lo ? f->at[k].y : lo;
                hi = f->at[k].y > hi ? f->at[k].y : hi;
            }
        }
        if (f->at[i].y < 0)
            f->at[i].y = (lo + hi) / 2;
    }
    for (size_t i = 0; i < f->n; i++)
        f->at[i].y = MARGIN + f->at[i].y * (BOX_H + GAP_Y);
    *ret_rows = row;
}

static struct ko_str owner_of(const struct ko_case *c, uint32_t entity)
{
    struct ko_str owner =
        entity < c->entities.n ? c->entities.v[entity].owner : KO_STR("");
    return owner.n ? owner : KO_STR("no owner known");
}

static void put_box(struct frame *f, size_t i)
{
    const struct ko_node *n = f->trail->steps.v[i].node;
    double x = f->at[i].x, y = f->at[i].y;
    ko_svg_group(f->out, ko_case_name(f->c, n->entity));
    ko_svg_rect(f->out, (struct ko_box){x, y, BOX_W, BOX_H}, 8, i ? "box" : "box origin");
    ko_svg_text(f->out, (struct ko_point){x + 12, y + 22}, "name",
                ko_case_name(f->c, n->entity), NAME_COLUMNS);
    ko_scratch_clear(&f->text, f->out);
    ko_words_clock(&f->text, n->time);
    ko_words_spread(&f->text, n->time, n->lo, n->hi);
    ko_svg_text(f->out, (struct ko_point){x + 12, y + 38}, "label", ko_buf_str(&f->text),
                NAME_COLUMNS + 4);
    ko_svg_text(f->out, (struct ko_point){x + 12, y + 53}, "label muted",
                owner_of(f->c, n->entity), NAME_COLUMNS + 4);
    ko_svg_end_group(f->out);
}

static void put_link_label(struct frame *f, struct ko_point at,
                           const struct ko_link *link)
{
    ko_svg_text(f->out, (struct ko_point){at.x, at.y - 7}, "label mid halo",
                ko_words_mechanism(link->mechanism), 22);
    ko_scratch_clear(&f->text, f->out);
    ko_words_lag(&f->text, link->lag);
    ko_svg_text(f->out, (struct ko_point){at.x, at.y + 16}, "label mid muted halo",
                ko_buf_str(&f->text), 16);
}

/* Its label stands on the level end, at the child's own height: there it meets no other.
 */
static void put_tree_link(struct frame *f, size_t child)
{
    const struct ko_trail_step *s = &f->trail->steps.v[child];
    struct ko_point a = f->at[s->parent], b = f->at[child];
    struct ko_point from = {a.x + BOX_W, a.y + BOX_H / 2.0};
    struct ko_point turn = {from.x + TURN, b.y + BOX_H / 2.0};
    struct ko_point to = {b.x - 4, turn.y};
    ko_svg_curve(f->out, from, turn, "link");
    ko_svg_line(f->out, turn, to, "link");
    ko_svg_arrow(f->out, to, "head");
    if (s->link != NULL)
        put_link_label(f, (struct ko_point){(turn.x + to.x) / 2 - 2, to.y}, s->link);
}

/* Index of the step of ${entity}, f->n when it is not drawn. */
static size_t step_of(const struct frame *f, uint32_t entity)
{
    size_t i = 0;
    while (i < f->n && f->trail->steps.v[i].node->entity != entity)
        i++;
    return i;
}

/* The path of a link beside the tree, and where its label stands. */
struct side_path {
    struct ko_point from, bend_from, bend_to, to, label;
};

/* Below the boxes, the label under the lowest place. */
static struct side_path path_below(struct ko_point a, struct ko_point b)
{
    struct ko_point from = {a.x + BOX_W * 0.4, a.y + BOX_H};
    struct ko_point to = {b.x + BOX_W * 0.6, b.y + BOX_H + 4};
    double low = (from.y > to.y ? from.y : to.y) + LOOP_DROP;
    return (struct side_path){from,
                              {from.x, low},
                              {to.x, low},
                              to,
                              {(from.x + to.x) / 2, (from.y + to.y + 6 * low) / 8 + 14}};
}

/* Within a column, right of the boxes. */
static struct side_path path_beside(struct ko_point a, struct ko_point b)
{
    struct ko_point from = {a.x + BOX_W, a.y + BOX_H * 0.8};
    struct ko_point to = {b.x + BOX_W + 4, b.y + BOX_H * 0.2};
    double right = from.x + TURN;
    return (struct side_path){from,
                              {right, from.y},
                              {right, to.y},
                              to,
                              {right + TURN, (from.y + to.y) / 2 + 4}};
}

/* A link whose mechanism is not known and that was not chosen says nothing in a picture.
 */
static bool is_drawn(const struct frame *f, const struct ko_link *l, size_t i, size_t k)
{
    bool guess = l->alternative &&
                 (l->mechanism.n == 0 || ko_str_eq(l->mechanism, KO_STR("unknown")));
    return i < f->n && k < f->n && i != k && !guess && f->trail->steps.v[k].parent != i;
}

static void put_side_link(struct frame *f, const struct ko_link *link)
{
    size_t i = step_of(f, link->from), k = step_of(f, link->to);
    if (!is_drawn(f, link, i, k))
        return;
    bool column = f->trail->steps.v[i].depth == f->trail->steps.v[k].depth;
    struct side_path p =
        column ? path_beside(f->at[i], f->at[k]) : path_below(f->at[i], f->at[k]);
    ko_buf_printf(f->out,
                  "<path class=\"link side\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f "
                  "%.1f\"/>\n",
                  p.from.x, p.from.y, p.bend_from.x, p.bend_from.y, p.bend_to.x,
                  p.bend_to.y, p.to.x, p.to.y);
    ko_svg_diamond(f->out, p.to, 4, "head");
    ko_scratch_clear(&f->text, f->out);
    ko_buf_put(&f->text, ko_words_mechanism(link->mechanism));
    ko_buf_putc(&f->text, ' ');
    ko_words_lag(&f->text, link->lag);
    ko_svg_text(f->out, p.label, "label mid halo", ko_buf_str(&f->text), 32);
}

static double drawing_width(const struct frame *f)
{
    double right = WIDTH_MIN;
    for (size_t i = 0; i < f->n; i++) {
        double edge = f->at[i].x + BOX_W + MARGIN;
        right = edge > right ? edge : right;
    }
    return right;
}

static void put_graph(struct frame *f)
{
    double rows;
    place(f, &rows);
    ko_svg_open(f->out, "cascade", drawing_width(f), 2 * MARGIN + rows * (BOX_H + GAP_Y),
                "Cascade: how the trouble travelled, left to right");
    for (size_t i = 0; i < f->n; i++) {
        if (f->trail->steps.v[i].parent != SIZE_MAX)
            put_tree_link(f, i);
    }
    for (size_t i = 0; i < f->n; i++)
        put_box(f, i);
    for (size_t i = 0; i < f->c->links.n; i++)
        put_side_link(f, &f->c->links.v[i]);
    ko_svg_close(f->out);
}

void ko_svg_cascade(const struct ko_case *c, const struct ko_trail *trail,
                    struct ko_arena *arena, struct ko_buf *out)
{
    struct frame f = {.c = c, .trail = trail, .out = out};
    f.n = trail->steps.n < STEPS_MAX ? trail->steps.n : STEPS_MAX;
    f.at = ko_arena_alloc(arena, f.n + 1, sizeof *f.at);
    if (f.at == NULL) {
        out->status = KO_ENOMEM;
        return;
    }
    ko_buf_init(&f.text, 256);
    put_graph(&f);
    ko_scratch_end(&f.text, out);
}
