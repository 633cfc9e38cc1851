#define _GNU_SOURCE
#include "tickets.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_TICKETS 16

enum state { FREE, OPEN, DRAWN, REAPED, CLOSING };

static struct ticket {
  enum state state;
  int number;
  const void *owner;
  struct drawn_child child;
  int status;
} tickets[MOST_TICKETS];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int last_number;

/* To be called with the lock. */
static struct ticket *find(int number) {
  for (size_t index = 0; index < MOST_TICKETS; index++) {
    if (tickets[index].state != FREE && tickets[index].number == number) return &tickets[index];
  }
  return NULL;
}

static void reap(struct ticket *ticket) {
  int status;
  pid_t reaped = waitpid(ticket->child.pid, &status, WNOHANG);
  if (reaped == 0) return;
  ticket->status = reaped == ticket->child.pid ? status : -2;
  ticket->state = ticket->state == CLOSING ? FREE : REAPED;
}

static void release(struct ticket *ticket) {
  if (ticket->state == DRAWN) {
    /* Reaped first: a process that is no child of ours any more may have been followed by another of its number. */
    ticket->state = CLOSING;
    reap(ticket);
    if (ticket->state == CLOSING) kill(ticket->child.pid, SIGKILL);
  } else if (ticket->state != CLOSING) {
    ticket->state = FREE;
  }
  if (ticket->child.fd >= 0) close(ticket->child.fd);
  ticket->child.fd = -1;
}

static void sweep(void) {
  for (size_t index = 0; index < MOST_TICKETS; index++) {
    if (tickets[index].state == CLOSING) reap(&tickets[index]);
  }
}

int open_ticket(const void *owner) {
  int number = 0;
  pthread_mutex_lock(&lock);
  sweep();
  for (size_t index = 0; index < MOST_TICKETS && number == 0; index++) {
    if (tickets[index].state != FREE) continue;
    number = ++last_number;
    tickets[index] = (struct ticket){.state = OPEN, .number = number, .owner = owner, .child = {0, -1}};
  }
  pthread_mutex_unlock(&lock);
  return number;
}

bool draw_ticket(int number, draw_function *draw, void *data, struct drawn_child *child) {
  pthread_mutex_lock(&lock);
  struct ticket *ticket = find(number);
  bool may = ticket && ticket->state == OPEN;
  if (may) {
    *child = draw(data);
    /* The child leaves from here too, with a lock that nobody else can want. */
    if (child->pid > 0) {
      ticket->child = *child;
      ticket->state = DRAWN;
    }
  }
  pthread_mutex_unlock(&lock);
  return may;
}

int take_output(int number) {
  pthread_mutex_lock(&lock);
  struct ticket *ticket = find(number);
  int fd = ticket && ticket->state != CLOSING ? ticket->child.fd : -1;
  if (fd >= 0) ticket->child.fd = -1;
  pthread_mutex_unlock(&lock);
  return fd;
}

int reap_child(int number) {
  pthread_mutex_lock(&lock);
  struct ticket *ticket = find(number);
  if (ticket && (ticket->state == DRAWN || ticket->state == CLOSING)) reap(ticket);
  int status = -1;
  if (!ticket || ticket->state == FREE) status = -2;
  else if (ticket->state == REAPED) status = ticket->status;
  pthread_mutex_unlock(&lock);
  return status;
}

void kill_child(int number) {
  pthread_mutex_lock(&lock);
  struct ticket *ticket = find(number);
  if (ticket && ticket->state == DRAWN) {
    reap(ticket);
    if (ticket->state == DRAWN) kill(ticket->child.pid, SIGKILL);
  }
  pthread_mutex_unlock(&lock);
}

void close_ticket(int number) {
  pthread_mutex_lock(&lock);
  struct ticket *ticket = find(number);
  if (ticket) release(ticket);
  sweep();
  pthread_mutex_unlock(&lock);
}

void close_tickets_of(const void *owner) {
  pthread_mutex_lock(&lock);
  for (size_t index = 0; index < MOST_TICKETS; index++) {
    if (tickets[index].state != FREE && tickets[index].owner == owner) release(&tickets[index]);
  }
  pthread_mutex_unlock(&lock);
}
