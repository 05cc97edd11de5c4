/* gen_world.c: what happens in the made world of the load generator: services that call
 * each other, and one that fails in the middle tenth of the run. */
#include "gen_load.h"

#include <stdio.h>
#include <string.h>

const char *const level_names[] = {"DEBUG", "INFO", "WARN", "ERROR"};
const char *const region_names[] = {"eu-west-1", "eu-central-1", "us-east-1",
                                    "ap-south-1"};
const char *const channel_names[] = {"web", "app", "voice", "chat", "email"};

static const char *const stems[] = {
    "basket",  "catalogue", "dispatch", "voicebot", "ledger", "tariff",   "meter",
    "roaming", "identity",  "consent",  "routing",  "desk",   "callback", "mailer",
    "search",  "pricing",   "refund",   "booking",  "seats",  "archive"};
enum { STEMS = sizeof stems / sizeof *stems };

/* Kinds of message: "#" stands for a number, "@" for the peer. */
static const char *const calm[] = {
    "request # served from cache in # slots",
    "session # opened by customer # on channel shop",
    "stored document # in bucket # after # tries",
    "queue depth # below limit #",
    "call @ returned # items",
    "refresh of tariff table # done, # rows changed",
    "customer # verified with factor sms",
    "job # picked from lane # waits #",
    "GET /v1/orders/#/lines answered with # lines",
    "lease # renewed for # seconds",
};
static const char *const bad[] = {
    "timeout after # ms while calling @",
    "connection to @ refused, attempt # of #",
    "cannot reserve order #: out of stock",
    "pool of # connections exhausted, # waiting",
};

/* Marsaglia 2003, "Xorshift RNGs", xorshift64. */
static uint64_t state = 1;

static uint64_t draw_word(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

void draw_seed(uint64_t seed)
{
    state = seed * 0x9e3779b97f4a7c15u + 1;
    state = state != 0 ? state : 1;
}

uint32_t draw(uint32_t below)
{
    return (uint32_t)((draw_word() >> 32) * below >> 32);
}

size_t service_name(unsigned i, char *ret)
{
    int n = i < STEMS ? snprintf(ret, 32, "%s", stems[i])
                      : snprintf(ret, 32, "%s-%c%u", stems[i % STEMS],
                                 (char)('a' + i / STEMS % 26), i / STEMS);
    return (size_t)n;
}

static void say(struct happening *h, const char *text)
{
    char name[32];
    size_t n = 0;
    for (; *text != '\0' && n + sizeof name < sizeof h->message; text++) {
        if (*text == '#') {
            n += (size_t)snprintf(h->message + n, sizeof name, "%u",
                                  (unsigned)draw(draw(2) ? 100 : 1000000));
        } else if (*text == '@') {
            size_t length = service_name(h->peer, name);
            memcpy(h->message + n, name, length);
            n += length;
        } else {
            h->message[n++] = *text;
        }
    }
    h->message_n = n;
}

/* Long-tailed: each of up to 12 halvings of a second is as likely as the next. */
static uint32_t draw_micros(bool slow)
{
    uint32_t base = 1000000u >> (1 + draw(12));
    return (base + draw(base)) * (slow ? 4 : 1);
}

void next_happening(const struct load *l, struct happening *h)
{
    uint64_t tenth = l->lines > 0 ? l->at * 10 / l->lines : l->at / 100000 % 10;
    h->ms = l->start_ms + (int64_t)(l->at * 1000 / l->rate) -
            (l->late_ms > 0 ? (int64_t)draw(l->late_ms) : 0);
    h->service = draw(l->services);
    h->peer = draw(3) == 0 ? (h->service * 7 + 3) % l->services : h->service;
    bool struck = tenth == 5 && h->service % 10 == 3;
    bool fails = draw(1000) < (struck ? 300u : 10u);
    h->level = fails ? 3 : draw(20) == 0 ? 2 : draw(8) == 0 ? 0 : 1;
    h->status = fails ? 500 + draw(5) : draw(50) == 0 ? 404 : 200;
    h->attempt = fails && draw(2) ? 2 : 1;
    h->region = draw(4);
    h->channel = draw(5);
    h->trace[0] = draw_word();
    h->trace[1] = draw_word();
    h->micros = draw_micros(struck);
    if (fails)
        say(h, bad[draw(sizeof bad / sizeof *bad)]);
    else
        say(h, calm[draw(sizeof calm / sizeof *calm)]);
}
