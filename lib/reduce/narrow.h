/* narrow.h: arrays of whole numbers, each of as few bytes as the largest needs. */
#ifndef KO_REDUCE_NARROW_H
#define KO_REDUCE_NARROW_H

#include <stddef.h>
#include <stdint.h>

/* ko_narrow_wide(n): The bytes that ${n} takes: 1, 2, 4 or 8. */
static inline uint8_t ko_narrow_wide(uint64_t n)
{
    return n <= UINT8_MAX    ? sizeof(uint8_t)
           : n <= UINT16_MAX ? sizeof(uint16_t)
           : n <= UINT32_MAX ? sizeof(uint32_t)
                             : sizeof(uint64_t);
}

/* ko_narrow_get(v, wide, i), ko_narrow_set(v, wide, i, n): Number ${i} of those at ${v},
 * which have ${wide} bytes each, as many as ${n} takes at least. */
static inline uint64_t ko_narrow_get(const void *v, unsigned wide, size_t i)
{
    if (wide == sizeof(uint8_t))
        return ((const uint8_t *)v)[i];
    if (wide == sizeof(uint16_t))
        return ((const uint16_t *)v)[i];
    return wide == sizeof(uint32_t) ? ((const uint32_t *)v)[i] : ((const uint64_t *)v)[i];
}

static inline void ko_narrow_set(void *v, unsigned wide, size_t i, uint64_t n)
{
    if (wide == sizeof(uint8_t))
        ((uint8_t *)v)[i] = (uint8_t)n;
    else if (wide == sizeof(uint16_t))
        ((uint16_t *)v)[i] = (uint16_t)n;
    else if (wide == sizeof(uint32_t))
        ((uint32_t *)v)[i] = (uint32_t)n;
    else
        ((uint64_t *)v)[i] = n;
}

#endif
