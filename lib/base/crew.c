/* crew.c: several threads over a sequence of pieces whose order matters. */
#include "base/crew.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* Piece k waits for its turn in slot k % KO_CREW_WINDOW. */
struct slot {
    void *piece;
    enum ko_status status; /* of its claim and work */
    bool worked;
};

struct crew {
    const struct ko_crew_job *job;
    pthread_mutex_t claiming;
    pthread_mutex_t book; /* guards all below */
    pthread_cond_t room;  /* a piece was settled, or everything stops */
    struct slot slots[KO_CREW_WINDOW];
    uint64_t claimed, settled;
    bool settling, no_more;
    enum ko_status status; /* of the run */
};

struct worker {
    struct crew *crew;
    size_t number;
    pthread_t thread;
};

/* Wait until a piece more may be claimed.  False: there will be none. */
static bool wait_for_room(struct crew *c)
{
    pthread_mutex_lock(&c->book);
    while (!c->no_more && c->claimed - c->settled >= KO_CREW_WINDOW)
        pthread_cond_wait(&c->room, &c->book);
    bool more = !c->no_more;
    pthread_mutex_unlock(&c->book);
    return more;
}

/* A failed claim takes a place in the order, so that it is reported in its turn. */
static struct slot *enter(struct crew *c, void *piece, enum ko_status st)
{
    struct slot *s = NULL;
    pthread_mutex_lock(&c->book);
    c->no_more |= st != KO_OK;
    if (st != KO_END) {
        s = &c->slots[c->claimed++ % KO_CREW_WINDOW];
        *s = (struct slot){.piece = piece, .status = st};
    }
    pthread_mutex_unlock(&c->book);
    return s;
}

static struct slot *claim(struct worker *w)
{
    struct crew *c = w->crew;
    struct slot *s = NULL;
    pthread_mutex_lock(&c->claiming);
    if (wait_for_room(c)) {
        void *piece = NULL;
        enum ko_status st = c->job->claim(c->job->ctx, w->number, &piece);
        s = enter(c, piece, st);
    }
    pthread_mutex_unlock(&c->claiming);
    return s;
}

/* The piece whose turn it is; NULL if it is not ready.  The book is locked. */
static struct slot *next_ready(struct crew *c)
{
    struct slot *s = &c->slots[c->settled % KO_CREW_WINDOW];
    return c->settled < c->claimed && s->worked && c->status == KO_OK ? s : NULL;
}

/* Settle all whose turn has come, unless another thread is at it; that one will not stop
 * before it has seen ${done}. */
static void settle(struct worker *w, struct slot *done)
{
    struct crew *c = w->crew;
    struct slot *s;
    pthread_mutex_lock(&c->book);
    done->worked = true;
    while (!c->settling && (s = next_ready(c)) != NULL) {
        c->settling = true;
        pthread_mutex_unlock(&c->book);
        enum ko_status st = s->status;
        if (st == KO_OK)
            st = c->job->settle(c->job->ctx, w->number, s->piece);
        else
            c->job->drop(c->job->ctx, s->piece);
        pthread_mutex_lock(&c->book);
        c->settling = false;
        c->settled++;
        c->status = st;
        c->no_more |= st != KO_OK;
        pthread_cond_broadcast(&c->room);
    }
    pthread_mutex_unlock(&c->book);
}

static void *run(void *arg)
{
    struct worker *w = arg;
    struct slot *s;
    while ((s = claim(w)) != NULL) {
        if (s->status == KO_OK)
            s->status = w->crew->job->work(w->crew->job->ctx, w->number, s->piece);
        settle(w, s);
    }
    return NULL;
}

static void run_all(struct crew *c, struct worker *workers, size_t n)
{
    size_t started = 1;
    for (size_t i = 0; i < n; i++)
        workers[i] = (struct worker){.crew = c, .number = i};
    while (started < n &&
           pthread_create(&workers[started].thread, NULL, run, &workers[started]) == 0)
        started++;
    run(&workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

static void drop_unsettled(struct crew *c)
{
    for (; c->settled < c->claimed; c->settled++)
        c->job->drop(c->job->ctx, c->slots[c->settled % KO_CREW_WINDOW].piece);
}

enum ko_status ko_crew_run(const struct ko_crew_job *job, size_t workers)
{
    struct worker crew_of[KO_CREW_MAX];
    struct crew *c = ko_mem_alloc(1, sizeof *c);
    if (c == NULL)
        return KO_ENOMEM;
    c->job = job;
    pthread_mutex_init(&c->claiming, NULL);
    pthread_mutex_init(&c->book, NULL);
    pthread_cond_init(&c->room, NULL);
    run_all(c, crew_of, workers < 1 ? 1 : workers > KO_CREW_MAX ? KO_CREW_MAX : workers);
    enum ko_status st = c->status;
    drop_unsettled(c);
    pthread_cond_destroy(&c->room);
    pthread_mutex_destroy(&c->book);
    pthread_mutex_destroy(&c->claiming);
    ko_mem_free(c);
    return st;
}
