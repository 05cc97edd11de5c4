/* status.h: the outcomes that a fallible function of the library can return. */
#ifndef KO_BASE_STATUS_H
#define KO_BASE_STATUS_H

/*
 * Each code has a caller that acts on it.  KO_END is the end of a sequence, not a
 * failure. Text, place and advice travel apart from the code, in struct ko_err.
 */
enum ko_status {
    KO_OK,
    KO_END,
    KO_ENOMEM,
    KO_EIO,
    KO_ESYNTAX,
    KO_ERANGE,
    KO_ELIMIT,
    KO_ENOTFOUND,
    KO_EUNSUPPORTED
};

#define KO_WARN_UNUSED __attribute__((warn_unused_result))
#define KO_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

#endif
