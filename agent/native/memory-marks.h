/* V8 marks the memory of its heaps as not to be inherited by a child, so that a fork is cheap: MADV_DONTFORK. */
#ifndef OPSCENTER_MEMORY_MARKS_H
#define OPSCENTER_MEMORY_MARKS_H

#include <stdbool.h>

/*
 * Remembers which memory is marked now. Walks the page tables, which takes milliseconds: to be called on a thread that
 * may wait. False when the kernel does not tell, or memory is short.
 */
bool note_marks(void);

/* Takes the marks off everything private, so that the next child has it. Allocates nothing. False with errno. */
bool lift_marks(void);

/* Marks again what was noted and is still there; more than one call does no harm. */
void restore_marks(void);

#endif
