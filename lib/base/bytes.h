/* bytes.h: runs of bytes looked at sixteen at a time where the machine can (SSE2, which
 * every x86-64 has), one at a time elsewhere; the answers are the same. */
#ifndef KO_BASE_BYTES_H
#define KO_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { KO_BYTES_STEP = 16 };

/* ko_bytes_le64(p), ko_bytes_le32(p): The eight or four bytes at ${p} as a number, the
 * first one lowest: the same on every machine. */
static inline uint64_t ko_bytes_le64(const void *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

static inline uint32_t ko_bytes_le32(const void *p)
{
    uint32_t w;
    memcpy(&w, p, sizeof w);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap32(w);
#endif
    return w;
}

/* ko_bytes_digits_of(word): The top bit of each of its eight bytes that is a decimal
 * digit. */
static inline uint64_t ko_bytes_digits_of(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t x = word ^ ones * '0';
    return ~(((x & ones * 0x7f) + ones * (0x80 - 10)) | x) & ones << 7;
}

/* ko_bytes_have(word, c): Is one of its eight bytes ${c}? */
static inline bool ko_bytes_have(uint64_t word, char c)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t x = word ^ ones * (unsigned char)c;
    return ((x - ones) & ~x & ones << 7) != 0;
}

/* ko_bytes_same(a, b, n): memcmp(a, b, n) == 0, for runs of a few words. */
static inline bool ko_bytes_same(const char *a, const char *b, size_t n)
{
    if (n >= 8) {
        for (size_t i = 0; i + 8 < n; i += 8) {
            if (ko_bytes_le64(a + i) != ko_bytes_le64(b + i))
                return false;
        }
        return ko_bytes_le64(a + n - 8) == ko_bytes_le64(b + n - 8);
    }
    if (n >= 4)
        return ko_bytes_le32(a) == ko_bytes_le32(b) &&
               ko_bytes_le32(a + n - 4) == ko_bytes_le32(b + n - 4);
    for (size_t i = 0; i < n; i++) {
        if (a[i] != b[i])
            return false;
    }
    return true;
}

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

/* ko_bytes_digits(p, end): Where the run of decimal digits at ${p} ends. */
static inline const char *ko_bytes_digits(const char *p, const char *end)
{
#if defined(__SSE2__)
    for (; end - p >= KO_BYTES_STEP; p += KO_BYTES_STEP) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i low = _mm_sub_epi8(v, _mm_set1_epi8('0'));
        __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(low, _mm_set1_epi8(9)), low);
        unsigned others = (unsigned)_mm_movemask_epi8(digit) ^ 0xffffU;
        if (others != 0)
            return p + __builtin_ctz(others);
    }
#endif
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p;
}

/* ko_bytes_word_or(p, end, c): Where the next space, tab or ${c} stands; ${end}. */
static inline const char *ko_bytes_word_or(const char *p, const char *end, char c)
{
#if defined(__SSE2__)
    const __m128i space = _mm_set1_epi8(' '), tab = _mm_set1_epi8('\t'),
                  other = _mm_set1_epi8(c);
    for (; end - p >= KO_BYTES_STEP; p += KO_BYTES_STEP) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned stops = (unsigned)_mm_movemask_epi8(
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, space), _mm_cmpeq_epi8(v, tab)),
                         _mm_cmpeq_epi8(v, other)));
        if (stops != 0)
            return p + __builtin_ctz(stops);
    }
#endif
    while (p < end && *p != ' ' && *p != '\t' && *p != c)
        p++;
    return p;
}

/* ko_bytes_word(p, end): Where the next space or tab stands; ${end}. */
static inline const char *ko_bytes_word(const char *p, const char *end)
{
    return ko_bytes_word_or(p, end, ' ');
}

/* ko_bytes_count(p, n, c): How many of the ${n} bytes at ${p} are ${c}. */
static inline size_t ko_bytes_count(const char *p, size_t n, char c)
{
    const char *end = p + n;
    size_t count = 0;
#if defined(__SSE2__)
    const __m128i wanted = _mm_set1_epi8(c), zero = _mm_setzero_si128();
    __m128i sums = zero;
    for (; end - p >= 4 * KO_BYTES_STEP; p += 4 * KO_BYTES_STEP) {
        const __m128i *v = (const __m128i *)(const void *)p;
        __m128i a = _mm_cmpeq_epi8(_mm_loadu_si128(v), wanted),
                b = _mm_cmpeq_epi8(_mm_loadu_si128(v + 1), wanted),
                e = _mm_cmpeq_epi8(_mm_loadu_si128(v + 2), wanted),
                f = _mm_cmpeq_epi8(_mm_loadu_si128(v + 3), wanted);
        __m128i met = _mm_add_epi8(_mm_add_epi8(a, b), _mm_add_epi8(e, f));
        sums = _mm_add_epi64(sums, _mm_sad_epu8(_mm_sub_epi8(zero, met), zero));
    }
    count = (size_t)(_mm_cvtsi128_si64(sums) +
                     _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums)));
#endif
    for (; p < end; p++)
        count += *p == c ? 1 : 0;
    return count;
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
    return left >= n && ko_bytes_same(p, padded, n);
}

#endif
