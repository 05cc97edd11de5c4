/* text_apply.c: named values inside text, put where their names say. */
#include "base/num.h"
#include "read/log_fields.h"
#include "read/quantity.h"
#include "read/record.h"
#include "read/roles.h"
#include "read/text_http.h"
#include "read/text_scan.h"

enum { APPLY_BYTES = 4096 };

static struct ko_str *slot_of(struct ko_event *ev, enum ko_role role)
{
    switch (role) {
    case KO_ROLE_SERVICE:
        return &ev->entity;
    case KO_ROLE_PEER:
        return &ev->peer;
    case KO_ROLE_INSTANCE:
        return &ev->instance;
    case KO_ROLE_TRACE:
        return &ev->trace;
    case KO_ROLE_SPAN:
        return &ev->span;
    case KO_ROLE_REQUEST:
        return &ev->request;
    case KO_ROLE_CUSTOMER:
        return &ev->customer;
    case KO_ROLE_SESSION:
        return &ev->session;
    case KO_ROLE_REGION:
        return &ev->region;
    case KO_ROLE_CHANNEL:
        return &ev->channel;
    case KO_ROLE_QUEUE:
        return &ev->queue;
    case KO_ROLE_SEGMENT:
        return &ev->segment;
    case KO_ROLE_VERSION:
        return &ev->version;
    default:
        return NULL;
    }
}

static void apply_number(struct ko_event *ev, struct ko_role_claim claim,
                         struct ko_str value)
{
    int64_t n;
    ko_dur dur;
    if (claim.role == KO_ROLE_DURATION) {
        if (ev->dur < 0 && ko_quantity_dur(value, claim.unit, &dur))
            ev->dur = dur;
        return;
    }
    if (ko_num_int(value, &n) != KO_OK)
        return;
    if (claim.role == KO_ROLE_STATUS && ev->status == 0 && n >= 100 && n <= 599) {
        ev->status = n;
        ev->outcome = ko_fields_outcome(n);
    } else if (claim.role == KO_ROLE_ATTEMPT && ev->attempt == 0 && n > 0) {
        ev->attempt = n;
    } else if (claim.role == KO_ROLE_RETRIES && ev->attempt == 0 && n >= 0 && n < 1000) {
        ev->attempt = n + 1;
    }
}

void ko_text_apply(struct ko_event *ev, struct ko_str key, struct ko_str value,
                   struct ko_role_memo *memo)
{
    struct ko_role_claim claim = ko_role_recall(memo, key, (struct ko_str){0});
    if (claim.role == KO_ROLE_NONE || ko_value_missing(value))
        return;
    struct ko_str *slot = slot_of(ev, claim.role);
    if (slot == NULL)
        apply_number(ev, claim, value);
    else if (slot->n == 0)
        *slot = value;
    if (claim.role == KO_ROLE_LEVEL && ev->severity == KO_SEV_UNKNOWN)
        ev->severity = ko_severity_word(value);
}

/* "(trace=ab12, took=5ms)": punctuation around a pair is not part of it. */
static struct ko_str strip(struct ko_str s)
{
    while (s.n > 0 && (s.p[s.n - 1] == ',' || s.p[s.n - 1] == ';' ||
                       s.p[s.n - 1] == ')' || s.p[s.n - 1] == ']' || s.p[s.n - 1] == '.'))
        s.n--;
    return s;
}

void ko_text_apply_all(struct ko_event *ev, struct ko_str text, struct ko_role_memo *memo)
{
    struct ko_str rest = ko_str_sub(text, 0, APPLY_BYTES);
    struct ko_str key, value;
    ko_text_seek_equals(&rest);
    while (rest.n > 0) {
        ko_text_blanks(&rest);
        while (rest.n > 0 && (rest.p[0] == '(' || rest.p[0] == '[' || rest.p[0] == '{'))
            rest = ko_str_skip(rest, 1);
        if (ko_text_pair(&rest, &key, &value))
            ko_text_apply(ev, key, strip(value), memo);
        else if (ko_text_token(&rest, &key))
            ko_text_seek_equals(&rest);
        else
            return;
    }
}
