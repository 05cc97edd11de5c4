/* customer_fields.c: the free attributes of a contact: who, where, and what went wrong.
 */
#include "read/customer_fields.h"

#include "read/log_fields.h"
#include "read/roles.h"

enum { PHONE_DIGITS_MIN = 7 };

static bool has_word(struct ko_str s, const char *word)
{
    size_t at;
    return ko_str_ifind(s, ko_str(word), &at);
}

static bool is_no(struct ko_str s)
{
    return ko_str_ieq(s, KO_STR("false")) || ko_str_ieq(s, KO_STR("no")) ||
           ko_str_eq(s, KO_STR("0"));
}

static bool is_failure(struct ko_str s)
{
    return has_word(s, "fail") || has_word(s, "denied") || has_word(s, "error") ||
           has_word(s, "timeout") || has_word(s, "unverified") ||
           has_word(s, "unauthenticated");
}

/* "authFailed": true, "authenticated": false, "identityCheck": "failed". */
static bool says_auth_failed(struct ko_str key, struct ko_str value)
{
    if (!has_word(key, "auth") && !has_word(key, "verif") && !has_word(key, "identi"))
        return false;
    return has_word(key, "fail") ? ko_fields_true(value)
                                 : is_no(value) || is_failure(value);
}

static void fill(struct ko_str *slot, struct ko_str value)
{
    if (slot->n == 0)
        *slot = value;
}

static void fill_role(struct ko_event *ev, enum ko_role role, struct ko_str value)
{
    switch (role) {
    case KO_ROLE_CUSTOMER:
        fill(&ev->customer, value);
        return;
    case KO_ROLE_REGION:
        fill(&ev->region, value);
        return;
    case KO_ROLE_SEGMENT:
        fill(&ev->segment, value);
        return;
    case KO_ROLE_JOURNEY:
        fill(&ev->journey, value);
        return;
    case KO_ROLE_CHANNEL:
        fill(&ev->channel, value);
        return;
    default:
        return;
    }
}

void ko_customer_attribute(struct ko_event *ev, struct ko_str key, struct ko_str value)
{
    value = ko_str_trim(value);
    if (ko_value_missing(value))
        return;
    ev->fallback |= has_word(key, "fallback") && ko_fields_true(value);
    ev->auth_failed |= says_auth_failed(key, value);
    fill_role(ev, ko_role_of(key, (struct ko_str){0}).role, value);
}

void ko_customer_attributes(struct ko_event *ev, const json_t *attributes)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)attributes, key, value) {
        if (json_is_string(value))
            ko_customer_attribute(
                ev, ko_str(key),
                (struct ko_str){json_string_value(value), json_string_length(value)});
        else if (json_is_boolean(value))
            ko_customer_attribute(ev, ko_str(key),
                                  json_is_true(value) ? KO_STR("true") : KO_STR("false"));
    }
}

bool ko_customer_is_address(struct ko_str s)
{
    size_t digits = 0, others = 0, at;
    if (ko_str_chr(s, '@', &at))
        return true;
    for (size_t i = 0; i < s.n; i++) {
        if (ko_char_is_digit(s.p[i]))
            digits++;
        else if (s.p[i] != '+' && s.p[i] != ' ' && s.p[i] != '-' && s.p[i] != '(' &&
                 s.p[i] != ')' && s.p[i] != '.' && s.p[i] != '/')
            others++;
    }
    return others == 0 && digits >= PHONE_DIGITS_MIN;
}
