/* severity.h: how bad a log record says it is, on the scale of the OpenTelemetry log
 * model. */
#ifndef KO_EVENT_SEVERITY_H
#define KO_EVENT_SEVERITY_H

#include "base/str.h"

#include <stdint.h>

enum ko_severity {
    KO_SEV_UNKNOWN,
    KO_SEV_TRACE,
    KO_SEV_DEBUG,
    KO_SEV_INFO,
    KO_SEV_WARN,
    KO_SEV_ERROR,
    KO_SEV_FATAL
};

/*
 * ko_severity_word(s):
 * The severity that the word ${s} names in any usual logger (INFO, " WARN", warning, err,
 * E, dpanic, NOTICE, SEVERE, critical, ERROR+2 …), blanks and case ignored;
 * KO_SEV_UNKNOWN if none.
 */
enum ko_severity ko_severity_word(struct ko_str s);

/* ko_severity_number(n, scale): From a number on a stated scale. */
enum ko_severity_scale { KO_SEV_SCALE_PINO, KO_SEV_SCALE_SYSLOG, KO_SEV_SCALE_OTEL };
enum ko_severity ko_severity_number(int64_t n, enum ko_severity_scale scale);

/* ko_severity_name(sev): trace, debug, info, warn, error, fatal, unknown. */
const char *ko_severity_name(enum ko_severity sev);

/*
 * ko_severity_guess(message):
 * What the words of a message without a level say: error for exception, failed, timeout,
 * refused, exhausted, 5xx, panic …; warn for retry, fallback, degraded, slow …; else
 * KO_SEV_UNKNOWN. Weak evidence: used only where the record states no level.
 */
enum ko_severity ko_severity_guess(struct ko_str message);

#endif
