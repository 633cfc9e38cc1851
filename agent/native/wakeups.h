/* In a child that has this one thread only, nobody waits and nobody wakes. */
#ifndef OPSCENTER_WAKEUPS_H
#define OPSCENTER_WAKEUPS_H

/* The child ends with this when it begins to wait for a thread that it does not have. */
#define EXIT_STUCK 71

/*
 * From now on, waking other threads does nothing: the C library would wait for their answer for ever. And waiting for
 * other threads ends the process at once. For what is called by way of the global offset tables of the program and its
 * libraries.
 */
void disconnect_wakeups(void);

/* The same below the C library: the kernel ends the process with SIGSYS when it waits, without a limit, for a lock. */
void forbid_endless_waits(void);

#endif
