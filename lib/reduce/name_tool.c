/* name_tool.c: names of files that tell the tool that wrote them, or their form. */
#include "reduce/names.h"

static bool is_word_of_tools(struct ko_str s)
{
    static const struct ko_str words[] = {
        KO_STR_INIT("alb"),        KO_STR_INIT("apache"),     KO_STR_INIT("bunyan"),
        KO_STR_INIT("caddy"),      KO_STR_INIT("cloudwatch"), KO_STR_INIT("cri"),
        KO_STR_INIT("csv"),        KO_STR_INIT("datadog"),    KO_STR_INIT("docker"),
        KO_STR_INIT("ecs"),        KO_STR_INIT("elastic"),    KO_STR_INIT("elb"),
        KO_STR_INIT("envoy"),      KO_STR_INIT("excel"),      KO_STR_INIT("explore"),
        KO_STR_INIT("fluentd"),    KO_STR_INIT("gcp"),        KO_STR_INIT("grafana"),
        KO_STR_INIT("haproxy"),    KO_STR_INIT("heroku"),     KO_STR_INIT("influx"),
        KO_STR_INIT("influxdb"),   KO_STR_INIT("istio"),      KO_STR_INIT("journald"),
        KO_STR_INIT("json"),       KO_STR_INIT("kibana"),     KO_STR_INIT("kubectl"),
        KO_STR_INIT("logback"),    KO_STR_INIT("logcli"),     KO_STR_INIT("logfmt"),
        KO_STR_INIT("logstash"),   KO_STR_INIT("loki"),       KO_STR_INIT("long"),
        KO_STR_INIT("newrelic"),   KO_STR_INIT("nginx"),      KO_STR_INIT("openmetrics"),
        KO_STR_INIT("opensearch"), KO_STR_INIT("otel"),       KO_STR_INIT("otlp"),
        KO_STR_INIT("pino"),       KO_STR_INIT("prometheus"), KO_STR_INIT("promtool"),
        KO_STR_INIT("sadf"),       KO_STR_INIT("sar"),        KO_STR_INIT("slog"),
        KO_STR_INIT("splunk"),     KO_STR_INIT("structlog"),  KO_STR_INIT("traefik"),
        KO_STR_INIT("wide"),       KO_STR_INIT("zap")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (ko_str_ieq(s, words[i]))
            return true;
    }
    return false;
}

bool ko_name_is_tool(struct ko_str s)
{
    size_t n = 0;
    while (n < s.n && ko_char_is_alpha(s.p[n]))
        n++;
    return is_word_of_tools(ko_str_sub(s, 0, n));
}
