/* fuzz_time.c: any bytes as an instant, a prefix, a duration, a zone file, a level. */
#include "event/severity.h"
#include "event/time.h"
#include "event/zone.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* What is printed of a time that was read gives the same time again. */
static void check_round_trip(ko_time t)
{
    struct ko_buf b;
    struct ko_stamp again;
    ko_buf_init(&b, 64);
    ko_time_put(&b, t);
    must(ko_time_parse(ko_buf_str(&b), &again) == KO_OK && again.time == t);
    ko_buf_release(&b);
}

static void check_line(struct ko_str line)
{
    struct ko_stamp s;
    size_t n = 0;
    ko_dur d;
    if (ko_time_parse(line, &s) == KO_OK) {
        must(s.resolution > 0);
        if (s.has_year)
            check_round_trip(s.time);
        (void)ko_time_guess_year(&s, INT64_C(1773497040) * KO_SECOND);
    }
    if (ko_time_prefix(line, &s, &n) == KO_OK)
        must(n > 0 && n <= line.n);
    (void)!ko_time_parse_dur(line, &d);
    (void)ko_severity_word(line);
    (void)ko_severity_guess(line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ko_str whole = {(const char *)data, size};
    struct ko_str rest = whole, line;
    struct ko_arena arena = {0};
    const struct ko_zone *zone = NULL;
    if (size == 0)
        return 0;
    while (ko_str_cut(&rest, '\n', &line))
        check_line(line);
    if (ko_zone_parse(&arena, KO_STR("fuzz"), whole, &zone, NULL) == KO_OK) {
        ko_dur offset;
        bool ambiguous;
        ko_zone_offset(zone, INT64_C(1773497040) * KO_SECOND, &offset, &ambiguous);
    }
    ko_arena_release(&arena);
    return 0;
}
