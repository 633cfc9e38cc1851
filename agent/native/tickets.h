/*
 * One ticket for each child that the agent's thread wants: the service's thread draws it, which may be much later or
 * never. So that no child and no descriptor is left over, whichever of both ends first.
 */
#ifndef OPSCENTER_TICKETS_H
#define OPSCENTER_TICKETS_H

#include <stdbool.h>
#include <sys/types.h>

/* A number above 0, or 0 when there are too many. `owner` is for `close_tickets_of`. */
int open_ticket(const void *owner);

struct drawn_child {
  pid_t pid;
  /* The reading end of the child's pipe, which stays the ticket's until it is taken. */
  int fd;
};

/* What draws a ticket: forks, and returns in the child too, with pid 0. */
typedef struct drawn_child draw_function(void *data);

/*
 * Calls the function unless the ticket is closed, and notes the child. Returns false when it is closed or was drawn
 * before. A close that comes meanwhile waits.
 */
bool draw_ticket(int ticket, draw_function *draw, void *data, struct drawn_child *child);

/* The descriptor becomes the caller's. -1 when there is none. */
int take_output(int ticket);

/*
 * The child's wait status; -1 while it lives or there is none yet, -2 when it is gone and its status is not known: somebody
 * else has reaped it, or the ticket is closed.
 */
int reap_child(int ticket);

/* Kills the child if it lives. */
void kill_child(int ticket);

/* Nobody wants the child any more: it is not begun, or killed. Also reaps what earlier closes have left. */
void close_ticket(int ticket);

void close_tickets_of(const void *owner);

#endif
