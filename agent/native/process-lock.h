/* The lock that V8's garbage collectors, one for each thread of JavaScript, have in common. */
#ifndef OPSCENTER_PROCESS_LOCK_H
#define OPSCENTER_PROCESS_LOCK_H

/*
 * Waits until no collector is in the middle of marking, as this thread's own one would. A child forked while another thread's
 * has the lock could never collect, and a snapshot begins with that. Where V8 does not show its lock nothing is taken.
 */
void take_process_lock(void);

/* In the parent, and in the child, which was forked with it taken. */
void release_process_lock(void);

#endif
