/* slots.c: where in an array the item of a hash stands. */
#include "base/slots.h"

#include "base/mem.h"

#include <string.h>

enum { FIRST_SLOTS = 64 };

void ko_slots_release(struct ko_slots *ix)
{
    ko_mem_free(ix->slots);
    *ix = (struct ko_slots){NULL, 0, 0};
}

void ko_slots_clear(struct ko_slots *ix)
{
    if (ix->n > 0)
        memset(ix->slots, 0, ix->n_slots * sizeof *ix->slots);
    ix->n = 0;
}

static void enter(uint64_t *slots, size_t n_slots, uint64_t slot)
{
    size_t i = (size_t)(slot >> 32) & (n_slots - 1);
    while (slots[i] != 0)
        i = (i + 1) & (n_slots - 1);
    slots[i] = slot;
}

static enum ko_status widen(struct ko_slots *ix)
{
    size_t wider = ix->n_slots > 0 ? ix->n_slots * 2 : FIRST_SLOTS;
    uint64_t *slots = ko_mem_alloc(wider, sizeof *slots);
    if (slots == NULL)
        return KO_ENOMEM;
    for (size_t i = 0; i < ix->n_slots; i++) {
        if (ix->slots[i] != 0)
            enter(slots, wider, ix->slots[i]);
    }
    ko_mem_free(ix->slots);
    ix->slots = slots;
    ix->n_slots = wider;
    return KO_OK;
}

enum ko_status ko_slots_add(struct ko_slots *ix, uint64_t hash, uint32_t item)
{
    if ((ix->n + 1) * 2 > ix->n_slots && widen(ix) != KO_OK)
        return KO_ENOMEM;
    enter(ix->slots, ix->n_slots, (hash & ~(uint64_t)UINT32_MAX) | ((uint64_t)item + 1));
    ix->n++;
    return KO_OK;
}
