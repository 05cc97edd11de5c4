/* bytes.h: runs of bytes looked at sixteen at a time where the machine can (SSE2, which
 * every x86-64 has), one at a time elsewhere; the answers are the same. */
#ifndef KO_BASE_BYTES_H
#define KO_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { KO_BYTES_STEP = 16 };

static inline bool ko_byte_ends_json_run(char c)
{
    return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

/*
 * ko_bytes_json_run(p, end, io_high):
 * Where the run of bytes ends that a JSON string may hold as they are: at a quote, a
 * backslash, a control character, or ${end}.  *${io_high} becomes true if bytes in it are
 * not ASCII.
 */
static inline const char *ko_bytes_json_run(const char *p, const char *end, bool *io_high)
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'),
                  control = _mm_set1_epi8(0x1f);
    for (; end - p >= KO_BYTES_STEP; p += KO_BYTES_STEP) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i stop =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, slash)),
                         _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
        unsigned stops = (unsigned)_mm_movemask_epi8(stop);
        unsigned highs = (unsigned)_mm_movemask_epi8(v);
        if (stops != 0) {
            unsigned n = (unsigned)__builtin_ctz(stops);
            *io_high = *io_high || (highs & ((1U << n) - 1)) != 0;
            return p + n;
        }
        *io_high = *io_high || highs != 0;
    }
#endif
    for (; p < end && !ko_byte_ends_json_run(*p); p++)
        *io_high = *io_high || (unsigned char)*p >= 0x80;
    return p;
}

/* ko_bytes_word(p, end): Where the next space or tab stands; ${end}. */
static inline const char *ko_bytes_word(const char *p, const char *end)
{
#if defined(__SSE2__)
    const __m128i space = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t');
    for (; end - p >= KO_BYTES_STEP; p += KO_BYTES_STEP) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned stops = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_cmpeq_epi8(v, space), _mm_cmpeq_epi8(v, tab)));
        if (stops != 0)
            return p + __builtin_ctz(stops);
    }
#endif
    while (p < end && *p != ' ' && *p != '\t')
        p++;
    return p;
}

/*
 * ko_bytes_begin(p, end, padded, n):
 * Do the bytes from ${p} to ${end} begin with the ${n} bytes at ${padded}, behind which
 * lies room up to a multiple of KO_BYTES_STEP?
 */
static inline bool ko_bytes_begin(const char *p, const char *end, const char *padded,
                                  size_t n)
{
    size_t left = (size_t)(end - p);
#if defined(__SSE2__)
    if (n <= KO_BYTES_STEP && left >= KO_BYTES_STEP) {
        __m128i a = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)padded);
        unsigned differ = ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
        return (differ & ((1U << n) - 1)) == 0;
    }
#endif
    return left >= n && memcmp(p, padded, n) == 0;
}

#endif
