#define _GNU_SOURCE
#include "memory-marks.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct range {
  uintptr_t start;
  uintptr_t end;
};

/* One line at a time of a file of /proc, through memory that the caller has on its stack: nothing is allocated. */
struct line_reader {
  int fd;
  size_t length;
  size_t consumed;
  char bytes[16 * 1024];
};

static struct {
  pthread_mutex_t lock;
  struct range *ranges;
  size_t count;
  size_t capacity;
} noted = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The line without its end, or NULL at the end of the file. Lines longer than the buffer, of long paths, come in parts. */
static char *next_line(struct line_reader *reader) {
  for (;;) {
    char *line = reader->bytes + reader->consumed;
    size_t left = reader->length - reader->consumed;
    char *end = memchr(line, '\n', left);
    if (end) {
      *end = '\0';
      reader->consumed = (size_t)(end + 1 - reader->bytes);
      return line;
    }
    memmove(reader->bytes, line, left);
    reader->consumed = 0;
    reader->length = left;
    if (left == sizeof(reader->bytes) - 1) {
      reader->bytes[left] = '\0';
      reader->length = 0;
      return reader->bytes;
    }
    ssize_t count;
    do {
      count = read(reader->fd, reader->bytes + left, sizeof(reader->bytes) - 1 - left);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) return NULL;
    reader->length = left + (size_t)count;
  }
}

static const char *parse_hex(const char *text, uintptr_t *value) {
  *value = 0;
  for (;; text++) {
    unsigned digit;
    if (*text >= '0' && *text <= '9') digit = (unsigned)(*text - '0');
    else if (*text >= 'a' && *text <= 'f') digit = (unsigned)(*text - 'a') + 10;
    else return text;
    *value = *value << 4 | digit;
  }
}

/*
 * "7f00-7f80 rw-p 00000000 00:00 0" and a name, for anonymous memory that a child gets a copy of. V8 asks for nothing
 * else; stacks, and what the kernel maps itself, have names that do not begin with "[anon".
 */
static bool parse_private_anonymous(const char *line, struct range *range) {
  const char *at = parse_hex(line, &range->start);
  if (at == line || *at != '-') return false;
  const char *end = parse_hex(at + 1, &range->end);
  if (end == at + 1 || strlen(end) < 6 || end[0] != ' ' || end[4] != 'p') return false;
  const char *field = end;
  for (int skipped = 0; skipped < 3; skipped++) {
    field = strchr(field + 1, ' ');
    if (!field) return false;
  }
  if (field[1] != '0' || (field[2] != ' ' && field[2] != '\0')) return false;
  const char *name = field + 2;
  while (*name == ' ') name++;
  return *name == '\0' || strncmp(name, "[anon", 5) == 0;
}

static bool is_mapping(const char *line) {
  uintptr_t start;
  const char *at = parse_hex(line, &start);
  return at != line && *at == '-';
}

static bool add_noted(struct range range) {
  if (noted.count > 0 && noted.ranges[noted.count - 1].end == range.start) {
    noted.ranges[noted.count - 1].end = range.end;
    return true;
  }
  if (noted.count == noted.capacity) {
    size_t capacity = noted.capacity ? noted.capacity * 2 : 1024;
    struct range *ranges = realloc(noted.ranges, capacity * sizeof(*ranges));
    if (!ranges) return false;
    noted.ranges = ranges;
    noted.capacity = capacity;
  }
  noted.ranges[noted.count++] = range;
  return true;
}

bool note_marks(void) {
  struct line_reader reader = {.fd = open("/proc/self/smaps", O_RDONLY | O_CLOEXEC)};
  if (reader.fd < 0) return false;
  pthread_mutex_lock(&noted.lock);
  noted.count = 0;
  bool complete = true;
  bool tells = false;
  bool is_candidate = false;
  struct range range;
  for (char *line = next_line(&reader); line && complete; line = next_line(&reader)) {
    if (is_mapping(line)) {
      is_candidate = parse_private_anonymous(line, &range);
    } else if (strncmp(line, "VmFlags:", 8) == 0) {
      tells = true;
      /* Each flag is two letters between spaces; "dc" is "do not copy". */
      if (is_candidate && strstr(line, " dc")) complete = add_noted(range);
    }
  }
  pthread_mutex_unlock(&noted.lock);
  close(reader.fd);
  return complete && tells;
}

bool lift_marks(void) {
  struct line_reader reader = {.fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)};
  if (reader.fd < 0) return false;
  struct range run = {0, 0};
  struct range range;
  for (char *line = next_line(&reader); line; line = next_line(&reader)) {
    if (!parse_private_anonymous(line, &range)) continue;
    if (range.start == run.end) {
      run.end = range.end;
      continue;
    }
    /* Fails where another thread has let go of the memory meanwhile: nothing is left to inherit there. */
    if (run.end > run.start) madvise((void *)run.start, run.end - run.start, MADV_DOFORK);
    run = range;
  }
  if (run.end > run.start) madvise((void *)run.start, run.end - run.start, MADV_DOFORK);
  close(reader.fd);
  return true;
}

/*
 * Memory that went since and came back as somebody else's must not be marked, for children would lack it. V8 asks for
 * addresses far from those that the kernel chooses for others, so what is anonymous and private there now is V8's still.
 */
void restore_marks(void) {
  struct line_reader reader = {.fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)};
  if (reader.fd < 0) return;
  pthread_mutex_lock(&noted.lock);
  size_t next = 0;
  struct range range;
  for (char *line = next_line(&reader); line; line = next_line(&reader)) {
    if (!parse_private_anonymous(line, &range)) continue;
    while (next < noted.count && noted.ranges[next].end <= range.start) next++;
    for (size_t at = next; at < noted.count && noted.ranges[at].start < range.end; at++) {
      uintptr_t start = noted.ranges[at].start > range.start ? noted.ranges[at].start : range.start;
      uintptr_t end = noted.ranges[at].end < range.end ? noted.ranges[at].end : range.end;
      madvise((void *)start, end - start, MADV_DONTFORK);
    }
  }
  pthread_mutex_unlock(&noted.lock);
  close(reader.fd);
}
