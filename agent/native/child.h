/* What the child does before it touches the heap. */
#ifndef OPSCENTER_CHILD_H
#define OPSCENTER_CHILD_H

#include <sys/types.h>

/* The child's parent is gone already. */
#define EXIT_ORPHANED 72

/* Gives up everything that is shared with the parent but `output`. */
void become_harmless(int output, pid_t parent);

#endif
