/* formats.c: the table of formats and the choice between them. */
#include "read/formats.h"

#include "read/codeowners.h"
#include "read/csv.h"
#include "read/exposition.h"
#include "read/git_log.h"
#include "read/json.h"
#include "read/logfmt.h"
#include "read/metrics_sar.h"
#include "read/structurizr.h"
#include "read/text_read.h"
#include "read/w3c.h"
#include "read/yaml.h"

static bool is_anything(struct ko_str head, const char **ret_why)
{
    (void)head;
    *ret_why = "no other format fits";
    return true;
}

/* Nothing to do: what no reader takes is counted as unknown. */
static enum ko_status read_nothing(struct ko_reading *rd)
{
    (void)rd;
    return KO_OK;
}

const struct ko_format ko_formats[] = {
    {"container", "logs of containers: CRI, kubectl --prefix, stern, compose",
     ko_text_probe_container, ko_text_read, ko_text_cut},
    {"prometheus", "Prometheus and OpenMetrics text, promtool dumps", ko_exposition_probe,
     ko_exposition_read, NULL},
    {"sar", "what sar prints", ko_sar_probe, ko_sar_read, NULL},
    {"heroku", "the Heroku router's log", ko_text_probe_heroku, ko_text_read,
     ko_text_cut},
    {"syslog", "syslog, RFC 5424 or 3164", ko_text_probe_syslog, ko_text_read,
     ko_text_cut},
    {"alb", "AWS application load balancer", ko_text_probe_alb, ko_text_read,
     ko_text_cut},
    {"elb", "AWS classic load balancer", ko_text_probe_elb, ko_text_read, ko_text_cut},
    {"envoy", "Envoy and Istio access log", ko_text_probe_envoy, ko_text_read,
     ko_text_cut},
    {"haproxy", "HAProxy HTTP log", ko_text_probe_haproxy, ko_text_read, ko_text_cut},
    {"access", "common and combined access log", ko_text_probe_access, ko_text_read,
     ko_text_cut},
    {"w3c", "W3C extended log, as of IIS", ko_w3c_probe, ko_w3c_read, NULL},
    {"jsonl", "JSON Lines: one object a line", ko_json_lines_probe, ko_text_read,
     ko_text_cut},
    {"json", "a JSON document, an array, or values run together", ko_json_probe,
     ko_json_read, NULL},
    {"yaml", "YAML of service catalogs", ko_yaml_probe, ko_yaml_read, NULL},
    {"codeowners", "owners of paths", ko_codeowners_probe, ko_codeowners_read, NULL},
    {"structurizr", "a workspace of Structurizr", ko_structurizr_probe,
     ko_structurizr_read, NULL},
    {"git-log", "git log with TAB between hash, time, author and subject",
     ko_git_log_probe, ko_git_log_read, NULL},
    {"csv", "a table with , ; TAB or | between its columns", ko_csv_probe_header,
     ko_csv_read, ko_csv_cut},
    {"explore", "Grafana Explore's logs as text", ko_text_probe_explore, ko_text_read,
     NULL},
    {"text", "lines that begin with a time", ko_text_probe_plain, ko_text_read,
     ko_text_cut},
    {"logfmt", "key=value pairs", ko_logfmt_probe, ko_logfmt_read, ko_logfmt_cut},
    {"table", "a table whose columns have no known names", ko_csv_probe, ko_csv_read,
     ko_csv_cut},
    {"mixed", "text in which some lines begin with a time", ko_text_probe_mixed,
     ko_text_read, ko_text_cut},
    {"unknown", "nothing that can be read", is_anything, read_nothing, NULL},
};

const size_t ko_formats_n = sizeof ko_formats / sizeof *ko_formats;

const struct ko_format *ko_format_find(struct ko_str name)
{
    for (size_t i = 0; i < ko_formats_n; i++) {
        if (ko_str_eq(ko_str(ko_formats[i].name), name))
            return &ko_formats[i];
    }
    return NULL;
}

const struct ko_format *ko_format_detect(struct ko_str head, const char **ret_why)
{
    for (size_t i = 0; i + 1 < ko_formats_n; i++) {
        if (ko_formats[i].probe(head, ret_why))
            return &ko_formats[i];
    }
    const struct ko_format *last = &ko_formats[ko_formats_n - 1];
    (void)last->probe(head, ret_why);
    return last;
}
