/* path_name.c: whose a file is, by its path. */
#include "read/path_name.h"

#include "read/text_container.h"

enum { CONTAINER_ID_HEX = 64, POD_PARTS = 3 };

/* Names that say what is in a file, not whose it is. */
static bool is_common(struct ko_str s)
{
    static const struct ko_str names[] = {
        KO_STR_INIT("-"),         KO_STR_INIT("access"),      KO_STR_INIT("app"),
        KO_STR_INIT("console"),   KO_STR_INIT("current"),     KO_STR_INIT("data"),
        KO_STR_INIT("error"),     KO_STR_INIT("events"),      KO_STR_INIT("export"),
        KO_STR_INIT("json"),      KO_STR_INIT("latest"),      KO_STR_INIT("log"),
        KO_STR_INIT("logs"),      KO_STR_INIT("main"),        KO_STR_INIT("messages"),
        KO_STR_INIT("metric"),    KO_STR_INIT("metrics"),     KO_STR_INIT("out"),
        KO_STR_INIT("output"),    KO_STR_INIT("application"), KO_STR_INIT("server"),
        KO_STR_INIT("service"),   KO_STR_INIT("spans"),       KO_STR_INIT("stderr"),
        KO_STR_INIT("stdin"),     KO_STR_INIT("stdout"),      KO_STR_INIT("syslog"),
        KO_STR_INIT("traces"),    KO_STR_INIT("download"),    KO_STR_INIT("downloads"),
        KO_STR_INIT("exports"),   KO_STR_INIT("home"),        KO_STR_INIT("incident"),
        KO_STR_INIT("incidents"), KO_STR_INIT("input"),       KO_STR_INIT("opt"),
        KO_STR_INIT("root"),      KO_STR_INIT("samples"),     KO_STR_INIT("srv"),
        KO_STR_INIT("tmp"),       KO_STR_INIT("var"),         KO_STR_INIT("pods"),
        KO_STR_INIT("case"),      KO_STR_INIT("containers"),  KO_STR_INIT("log-export"),
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (ko_str_ieq(s, names[i]))
            return true;
    }
    return s.n == 0 || !ko_char_is_alpha(s.p[0]);
}

static bool is_digits(struct ko_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (!ko_char_is_digit(s.p[i]))
            return false;
    }
    return s.n > 0;
}

/* "-json", "_access": what is in the file, behind whose it is. */
static bool is_kind(struct ko_str part)
{
    static const struct ko_str kinds[] = {
        KO_STR_INIT("json"),   KO_STR_INIT("access"), KO_STR_INIT("error"),
        KO_STR_INIT("stdout"), KO_STR_INIT("stderr"), KO_STR_INIT("log"),
        KO_STR_INIT("logs"),   KO_STR_INIT("out"),    KO_STR_INIT("export")};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (ko_str_ieq(part, kinds[i]))
            return true;
    }
    return false;
}

static bool last_part(struct ko_str s, struct ko_str *ret_head, struct ko_str *ret_part)
{
    size_t at = s.n;
    while (at > 0 && s.p[at - 1] != '-' && s.p[at - 1] != '_')
        at--;
    if (at < 2)
        return false;
    *ret_head = ko_str_sub(s, 0, at - 1);
    *ret_part = ko_str_skip(s, at);
    return true;
}

/* Dates and numbers of rotation come in several parts: "-2026-03-14-02"; a single digit
 * may be part of the name. */
static struct ko_str strip(struct ko_str s)
{
    struct ko_str head, part, cut = s;
    size_t digits = 0;
    while (last_part(cut, &head, &part) && (is_digits(part) || is_kind(part))) {
        digits += is_digits(part) ? part.n : 0;
        cut = head;
        if (digits == 0 || digits >= 6)
            s = cut;
    }
    return s;
}

/* "crm-api-6d4f7b9c4-x1k2p_prod_app-64hex", "prod_crm-api-6d4f7b9c4-x1k2p_UID": the part
 * that is the pod. */
static struct ko_str pod_of(struct ko_str s, size_t index)
{
    struct ko_str parts[POD_PARTS], rest = s;
    for (size_t i = 0; i < POD_PARTS; i++) {
        if (!ko_str_cut(&rest, '_', &parts[i]) || parts[i].n == 0)
            return (struct ko_str){0};
    }
    bool uid = index == 1 ? parts[2].n >= 32 : parts[2].n > CONTAINER_ID_HEX;
    return uid && rest.p == NULL ? ko_text_workload(parts[index]) : (struct ko_str){0};
}

static struct ko_str stem_of(struct ko_str component)
{
    size_t dot;
    if (ko_str_chr(component, '.', &dot) && dot > 0)
        component = ko_str_sub(component, 0, dot);
    struct ko_str pod = pod_of(component, 0);
    return pod.n > 0 ? pod : strip(component);
}

static struct ko_str take_component(struct ko_str *io_path)
{
    size_t at;
    struct ko_str last = *io_path;
    if (ko_str_rchr(*io_path, '/', &at)) {
        last = ko_str_skip(*io_path, at + 1);
        *io_path = ko_str_sub(*io_path, 0, at);
    } else {
        *io_path = (struct ko_str){0};
    }
    return last;
}

struct ko_str ko_path_name(struct ko_str path)
{
    struct ko_str name = stem_of(take_component(&path));
    struct ko_str folder = take_component(&path);
    struct ko_str pod = pod_of(take_component(&path), 1);
    if (pod.n > 0)
        return ko_str_starts(pod, folder) ? folder : pod;
    if (!is_common(name))
        return name;
    return is_common(strip(folder)) ? (struct ko_str){0} : strip(folder);
}
