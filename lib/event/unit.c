/* unit.c: units as exports spell them, and the one that each is kept in. */
#include "event/unit.h"

/* any_case: long enough that case does not matter; a plural "s" may follow then. */
static const struct {
    struct ko_str word, base;
    double factor;
    bool any_case;
} units[] = {
    {KO_STR_INIT("s"), KO_STR_INIT("s"), 1, false},
    {KO_STR_INIT("ms"), KO_STR_INIT("s"), 1e-3, false},
    {KO_STR_INIT("us"), KO_STR_INIT("s"), 1e-6, false},
    {KO_STR_INIT("\xc2\xb5s"), KO_STR_INIT("s"), 1e-6, false},
    {KO_STR_INIT("\xce\xbcs"), KO_STR_INIT("s"), 1e-6, false},
    {KO_STR_INIT("ns"), KO_STR_INIT("s"), 1e-9, false},
    {KO_STR_INIT("min"), KO_STR_INIT("s"), 60, false},
    {KO_STR_INIT("h"), KO_STR_INIT("s"), 3600, false},
    {KO_STR_INIT("sec"), KO_STR_INIT("s"), 1, true},
    {KO_STR_INIT("second"), KO_STR_INIT("s"), 1, true},
    {KO_STR_INIT("sekunde"), KO_STR_INIT("s"), 1, true},
    {KO_STR_INIT("sekunden"), KO_STR_INIT("s"), 1, true},
    {KO_STR_INIT("msec"), KO_STR_INIT("s"), 1e-3, true},
    {KO_STR_INIT("milli"), KO_STR_INIT("s"), 1e-3, true},
    {KO_STR_INIT("millisecond"), KO_STR_INIT("s"), 1e-3, true},
    {KO_STR_INIT("usec"), KO_STR_INIT("s"), 1e-6, true},
    {KO_STR_INIT("microsecond"), KO_STR_INIT("s"), 1e-6, true},
    {KO_STR_INIT("nsec"), KO_STR_INIT("s"), 1e-9, true},
    {KO_STR_INIT("nanosecond"), KO_STR_INIT("s"), 1e-9, true},
    {KO_STR_INIT("mins"), KO_STR_INIT("s"), 60, true},
    {KO_STR_INIT("minute"), KO_STR_INIT("s"), 60, true},
    {KO_STR_INIT("hour"), KO_STR_INIT("s"), 3600, true},
    {KO_STR_INIT("day"), KO_STR_INIT("s"), 86400, true},
    {KO_STR_INIT("B"), KO_STR_INIT("By"), 1, false},
    {KO_STR_INIT("By"), KO_STR_INIT("By"), 1, false},
    {KO_STR_INIT("byte"), KO_STR_INIT("By"), 1, true},
    {KO_STR_INIT("kB"), KO_STR_INIT("By"), 1e3, false},
    {KO_STR_INIT("KB"), KO_STR_INIT("By"), 1e3, false},
    {KO_STR_INIT("MB"), KO_STR_INIT("By"), 1e6, false},
    {KO_STR_INIT("GB"), KO_STR_INIT("By"), 1e9, false},
    {KO_STR_INIT("TB"), KO_STR_INIT("By"), 1e12, false},
    {KO_STR_INIT("kBy"), KO_STR_INIT("By"), 1e3, false},
    {KO_STR_INIT("MBy"), KO_STR_INIT("By"), 1e6, false},
    {KO_STR_INIT("GBy"), KO_STR_INIT("By"), 1e9, false},
    {KO_STR_INIT("kilobyte"), KO_STR_INIT("By"), 1e3, true},
    {KO_STR_INIT("megabyte"), KO_STR_INIT("By"), 1e6, true},
    {KO_STR_INIT("gigabyte"), KO_STR_INIT("By"), 1e9, true},
    {KO_STR_INIT("terabyte"), KO_STR_INIT("By"), 1e12, true},
    {KO_STR_INIT("Ki"), KO_STR_INIT("By"), 1024.0, false},
    {KO_STR_INIT("Mi"), KO_STR_INIT("By"), 1048576.0, false},
    {KO_STR_INIT("Gi"), KO_STR_INIT("By"), 1073741824.0, false},
    {KO_STR_INIT("KiB"), KO_STR_INIT("By"), 1024.0, false},
    {KO_STR_INIT("MiB"), KO_STR_INIT("By"), 1048576.0, false},
    {KO_STR_INIT("GiB"), KO_STR_INIT("By"), 1073741824.0, false},
    {KO_STR_INIT("TiB"), KO_STR_INIT("By"), 1099511627776.0, false},
    {KO_STR_INIT("KiBy"), KO_STR_INIT("By"), 1024.0, false},
    {KO_STR_INIT("MiBy"), KO_STR_INIT("By"), 1048576.0, false},
    {KO_STR_INIT("GiBy"), KO_STR_INIT("By"), 1073741824.0, false},
    {KO_STR_INIT("%"), KO_STR_INIT("%"), 1, false},
    {KO_STR_INIT("percent"), KO_STR_INIT("%"), 1, true},
    {KO_STR_INIT("pct"), KO_STR_INIT("%"), 1, true},
    {KO_STR_INIT("prozent"), KO_STR_INIT("%"), 1, true},
    {KO_STR_INIT("1"), KO_STR_INIT("1"), 1, false},
    {KO_STR_INIT("ratio"), KO_STR_INIT("1"), 1, true},
    {KO_STR_INIT("count"), KO_STR_INIT("1"), 1, true},
    {KO_STR_INIT("short"), KO_STR_INIT("1"), 1, true},
    {KO_STR_INIT("none"), KO_STR_INIT("1"), 1, true},
    {KO_STR_INIT("Bytes/Second"), KO_STR_INIT("By/s"), 1, true},
    {KO_STR_INIT("B/s"), KO_STR_INIT("By/s"), 1, false},
    {KO_STR_INIT("By/s"), KO_STR_INIT("By/s"), 1, false},
    {KO_STR_INIT("kB/s"), KO_STR_INIT("By/s"), 1e3, false},
    {KO_STR_INIT("KB/s"), KO_STR_INIT("By/s"), 1e3, false},
    {KO_STR_INIT("MB/s"), KO_STR_INIT("By/s"), 1e6, false},
    {KO_STR_INIT("GB/s"), KO_STR_INIT("By/s"), 1e9, false},
    {KO_STR_INIT("KiB/s"), KO_STR_INIT("By/s"), 1024.0, false},
    {KO_STR_INIT("MiB/s"), KO_STR_INIT("By/s"), 1048576.0, false},
    {KO_STR_INIT("GiB/s"), KO_STR_INIT("By/s"), 1073741824.0, false},
    {KO_STR_INIT("Count/Second"), KO_STR_INIT("/s"), 1, true},
    {KO_STR_INIT("req/s"), KO_STR_INIT("/s"), 1, false},
    {KO_STR_INIT("ops/s"), KO_STR_INIT("/s"), 1, false},
    {KO_STR_INIT("1/s"), KO_STR_INIT("/s"), 1, false},
    {KO_STR_INIT("/s"), KO_STR_INIT("/s"), 1, false},
};

static bool is_word(struct ko_str unit, struct ko_str word, bool any_case)
{
    if (!any_case)
        return ko_str_eq(unit, word);
    bool plural = unit.n == word.n + 1 && ko_char_lower(unit.p[word.n]) == 's';
    return ko_str_ieq(plural ? ko_str_sub(unit, 0, word.n) : unit, word);
}

bool ko_unit_base(struct ko_str unit, struct ko_str *ret_base, double *ret_factor)
{
    unit = ko_str_trim(unit);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!is_word(unit, units[i].word, units[i].any_case))
            continue;
        *ret_base = units[i].base;
        *ret_factor = units[i].factor;
        return true;
    }
    return false;
}
