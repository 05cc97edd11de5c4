/* gen_out.c: bytes of the load generator to standard output, the same on any machine. */
#include "gen_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20, ROOM_ONE = 1 << 12 };

static struct {
    char p[ROOM + ROOM_ONE];
    size_t n;
    uint64_t flushed;
} out;

void put_flush(void)
{
    if (out.n > 0 && fwrite(out.p, 1, out.n, stdout) != out.n)
        exit(4);
    out.flushed += out.n;
    out.n = 0;
}

void put(const char *p, size_t n)
{
    if (out.n >= ROOM)
        put_flush();
    n = n < ROOM_ONE ? n : ROOM_ONE;
    memcpy(out.p + out.n, p, n);
    out.n += n;
}

uint64_t put_total(void)
{
    return out.flushed + out.n;
}

void put_text(const char *z)
{
    put(z, strlen(z));
}

void put_char(char c)
{
    put(&c, 1);
}

void put_digits(uint64_t x, unsigned width)
{
    char text[20];
    size_t at = sizeof text;
    while (at > 0 && (x > 0 || width > 0)) {
        text[--at] = (char)('0' + x % 10);
        x /= 10;
        width -= width > 0 ? 1 : 0;
    }
    put(text + at, sizeof text - at);
}

void put_number(uint64_t x)
{
    put_digits(x, 1);
}

void put_hex(uint64_t x)
{
    char text[16];
    for (size_t i = sizeof text; i-- > 0; x >>= 4)
        text[i] = "0123456789abcdef"[x & 15];
    put(text, sizeof text);
}

void put_service(unsigned i)
{
    char name[32];
    put(name, service_name(i, name));
}

void put_millis(uint32_t micros)
{
    put_number(micros / 1000);
    put_char('.');
    put_digits(micros % 1000, 3);
}

struct civil {
    unsigned year, month, day;
};

/* H. Hinnant, "chrono-compatible low-level date algorithms", days to civil; 1970 on. */
static struct civil civil_of(int64_t days)
{
    unsigned z = (unsigned)(days + 719468), era = z / 146097, doe = z - era * 146097;
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    unsigned month = mp < 10 ? mp + 3 : mp - 9;
    return (struct civil){yoe + era * 400 + (month <= 2), month,
                          doy - (153 * mp + 2) / 5 + 1};
}

static void put_clock(int64_t second_of_day)
{
    put_digits((uint64_t)second_of_day / 3600, 2);
    put_char(':');
    put_digits((uint64_t)second_of_day / 60 % 60, 2);
    put_char(':');
    put_digits((uint64_t)second_of_day % 60, 2);
}

void put_stamp(int64_t ms, char sep)
{
    struct civil c = civil_of(ms / 86400000);
    put_digits(c.year, 4);
    put_char('-');
    put_digits(c.month, 2);
    put_char('-');
    put_digits(c.day, 2);
    put_char(sep);
    put_clock(ms / 1000 % 86400);
    put_char('.');
    put_digits((uint64_t)ms % 1000, 3);
}

void put_clf_stamp(int64_t ms)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    struct civil c = civil_of(ms / 86400000);
    put_digits(c.day, 2);
    put_char('/');
    put(months + (c.month - 1) * 3, 3);
    put_char('/');
    put_digits(c.year, 4);
    put_char(':');
    put_clock(ms / 1000 % 86400);
    put_text(" +0000");
}
