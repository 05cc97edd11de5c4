/* told_truth.c: what a truth.json says. */
#include "drill/told.h"
#include "drill/told_json.h"
#include "event/time.h"

#include <math.h>

static double seconds(const json_t *o, const char *key)
{
    struct ko_stamp stamp;
    if (ko_time_parse(ko_told_text(o, key), &stamp) != KO_OK)
        return NAN;
    return (double)stamp.time / (double)KO_SECOND;
}

static enum ko_status add_node(struct ko_told *t, const json_t *x)
{
    return ko_told_add_node(t, ko_told_text(x, "entity"), seconds(x, "onset"));
}

static enum ko_status add_edge(struct ko_told *t, const json_t *x)
{
    return ko_told_add_edge(t, ko_told_text(x, "from"), ko_told_text(x, "to"),
                            ko_told_text(x, "mechanism"));
}

static enum ko_status add_amplifier(struct ko_told *t, const json_t *x)
{
    return ko_told_add_amplifier(t, ko_told_text(x, "caller"), ko_told_text(x, "callee"),
                                 ko_told_number(x, "factor"));
}

static struct ko_str item(const json_t *x)
{
    return json_is_string(x)
               ? (struct ko_str){json_string_value(x), json_string_length(x)}
               : (struct ko_str){0};
}

static enum ko_status add_origin(struct ko_told *t, const json_t *x)
{
    return ko_told_add_origin(t, item(x));
}

static enum ko_status add_bystander(struct ko_told *t, const json_t *x)
{
    return ko_told_add_bystander(t, item(x));
}

static enum ko_status add_change(struct ko_told *t, const json_t *x)
{
    if (!json_is_true(json_object_get(x, "guilty")))
        return KO_OK;
    return ko_told_add_change(t, ko_told_text(x, "id"));
}

static const struct {
    const char *key;
    enum ko_status (*add)(struct ko_told *t, const json_t *x);
} lists[] = {{"nodes", add_node},           {"edges", add_edge},
             {"origins", add_origin},       {"amplifiers", add_amplifier},
             {"bystanders", add_bystander}, {"changes", add_change}};

enum ko_status ko_told_truth(struct ko_str json, struct ko_str source,
                             struct ko_told *ret, struct ko_err *err)
{
    *ret = (struct ko_told){0};
    json_t *truth = ko_told_parse(json, source, 0, err);
    enum ko_status st = truth == NULL ? KO_ESYNTAX : KO_OK;
    if (st == KO_OK &&
        !ko_str_eq(ko_told_text(truth, "format"), KO_STR("knockon/truth"))) {
        st = ko_err_set(err, KO_ESYNTAX, "no truth of a drill");
        ko_err_at(err, source, 1, 0);
    }
    for (size_t i = 0; st == KO_OK && i < sizeof lists / sizeof *lists; i++) {
        size_t k;
        json_t *x;
        json_array_foreach (json_object_get(truth, lists[i].key), k, x) {
            if (st == KO_OK)
                st = lists[i].add(ret, x);
        }
        if (st != KO_OK)
            (void)ko_err_nomem(err);
    }
    ret->metastable = json_is_true(json_object_get(truth, "metastable"));
    json_decref(truth);
    return st;
}
