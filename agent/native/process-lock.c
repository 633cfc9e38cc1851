#define _GNU_SOURCE
#include "process-lock.h"

#include <dlfcn.h>

/*
 * A scope of V8's empty class PersistentRegionLock has the lock from constructor to destructor; in the C++ ABI both take the object:
 * https://chromium.googlesource.com/v8/v8/+/main/src/heap/cppgc/process-heap.h
 */
#define CONSTRUCTOR "_ZN5cppgc8internal20PersistentRegionLockC1Ev"
#define DESTRUCTOR "_ZN5cppgc8internal20PersistentRegionLockD1Ev"

static void call_if_both_are_there(const char *name) {
  if (!dlsym(RTLD_DEFAULT, CONSTRUCTOR) || !dlsym(RTLD_DEFAULT, DESTRUCTOR)) return;
  union {
    void *symbol;
    void (*of_object)(void *object);
  } function = {dlsym(RTLD_DEFAULT, name)};
  char object[1];
  function.of_object(object);
}

void take_process_lock(void) { call_if_both_are_there(CONSTRUCTOR); }

void release_process_lock(void) { call_if_both_are_there(DESTRUCTOR); }
