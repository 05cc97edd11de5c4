/* told_json.c: members of JSON objects, as truth and case have them. */
#include "drill/told_json.h"

#include <math.h>

json_t *ko_told_parse(struct ko_str text, struct ko_str source, uint64_t line,
                      struct ko_err *err)
{
    json_error_t why;
    json_t *v = json_loadb(text.p, text.n, 0, &why);
    if (v == NULL) {
        (void)ko_err_set(err, KO_ESYNTAX, "%s", why.text);
        ko_err_at(err, source, line + (uint64_t)why.line, (uint64_t)why.column);
    }
    return v;
}

struct ko_str ko_told_text(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_string(v)
               ? (struct ko_str){json_string_value(v), json_string_length(v)}
               : (struct ko_str){0};
}

double ko_told_number(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_number(v) ? json_number_value(v) : (double)NAN;
}
