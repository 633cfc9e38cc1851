#define _GNU_SOURCE
#include "child.h"

#include "wakeups.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What getdents64 writes; the C libraries show it under different names. */
struct directory_entry {
  uint64_t inode;
  int64_t offset;
  unsigned short length;
  unsigned char type;
  char name[];
};

static void die_with(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (getppid() != parent) _exit(EXIT_ORPHANED);
}

/* The service's work comes first; the kernel takes this process and not the service when memory is short; no core file. */
static void stand_back(void) {
  setpriority(PRIO_PROCESS, 0, 19);
  int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (fd >= 0) {
    ssize_t written = write(fd, "1000", 4);
    (void)written;
    close(fd);
  }
  const struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

/* The service's handlers are for the service. A reader that goes away is an error of the write. */
static void reset_signals(void) {
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  signal(SIGPIPE, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static int parse_number(const char *text) {
  int value = 0;
  for (; *text >= '0' && *text <= '9'; text++) value = value * 10 + (*text - '0');
  return *text == '\0' ? value : -1;
}

/*
 * A copy of a socket holds its connection open when the service closes it, and a byte into a shared event descriptor
 * wakes the service's event loop. Replaced and not closed: libuv aborts when a descriptor of its own is not there.
 */
static void let_go_of_descriptors(int output) {
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  int folder = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (nothing < 0 || folder < 0) _exit(EXIT_ORPHANED);
  char entries[8 * 1024] __attribute__((aligned(8)));
  for (;;) {
    long length = syscall(SYS_getdents64, folder, entries, sizeof(entries));
    if (length <= 0) break;
    for (long at = 0; at < length;) {
      const struct directory_entry *entry = (const struct directory_entry *)(entries + at);
      at += entry->length;
      int fd = parse_number(entry->name);
      if (fd >= 0 && fd != output && fd != nothing && fd != folder) dup3(nothing, fd, O_CLOEXEC);
    }
  }
  close(folder);
}

void become_harmless(int output, pid_t parent) {
  stand_back();
  die_with(parent);
  reset_signals();
  let_go_of_descriptors(output);
  disconnect_wakeups();
  forbid_endless_waits();
}
