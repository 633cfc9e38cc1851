/*
 * Snapshots of a heap in a child that shares the service's memory copy-on-write: docs/adr has why, and how far it goes.
 * What JavaScript sees of it. Each thread that loads the addon gets functions of its own; the tickets and the memory's
 * marks are the process's.
 */
#define _GNU_SOURCE
#include "child.h"
#include "memory-marks.h"
#include "node-api.h"
#include "process-lock.h"
#include "tickets.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The child could not write the snapshot: the reader went away, or V8 refused. */
#define EXIT_NOT_WRITTEN 70

/* As large as an unprivileged process may make it: fewer turns between the child and its reader. */
#define PIPE_BYTES (1024 * 1024)

#define MOST_ARGUMENTS 2

struct arguments {
  int32_t ticket;
  napi_value write_snapshot;
};

static bool read_arguments(napi_env env, napi_callback_info info, size_t expected, struct arguments *arguments) {
  size_t count = MOST_ARGUMENTS;
  napi_value values[MOST_ARGUMENTS];
  if (napi_get_cb_info(env, info, &count, values, NULL, NULL) != 0 || count < expected) return false;
  if (napi_get_value_int32(env, values[0], &arguments->ticket) != 0) return false;
  if (expected > 1) arguments->write_snapshot = values[1];
  return true;
}

static napi_value to_number(napi_env env, double number) {
  napi_value value;
  return napi_create_double(env, number, &value) == 0 ? value : NULL;
}

static void set_number(napi_env env, napi_value object, const char *name, double number) {
  napi_value value = to_number(env, number);
  if (value) napi_set_named_property(env, object, name, value);
}

static double now_micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

struct fork_attempt {
  int output;
  pid_t parent;
  const char *failed;
  int error;
};

static struct drawn_child fork_child(void *data) {
  struct fork_attempt *attempt = data;
  struct drawn_child none = {-1, -1};
  attempt->parent = getpid();
  int ends[2];
  attempt->failed = "pipe";
  if (pipe2(ends, O_CLOEXEC) != 0) return attempt->error = errno, none;
  fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);
  attempt->failed = "/proc/self/maps";
  pid_t pid = lift_marks() ? fork() : -1;
  attempt->error = errno;
  if (pid == 0) {
    attempt->output = ends[1];
    return (struct drawn_child){0, -1};
  }
  close(ends[1]);
  if (pid > 0) return (struct drawn_child){pid, ends[0]};
  close(ends[0]);
  attempt->failed = "fork";
  return none;
}

/* Never returns: what the child's JavaScript does ends here, also when it throws, and no event loop turns. */
static void write_and_exit(napi_env env, napi_value write_snapshot, int output) {
  char path[32];
  snprintf(path, sizeof(path), "/proc/self/fd/%d", output);
  napi_value receiver;
  napi_value argument;
  napi_value result;
  bool written = napi_get_undefined(env, &receiver) == 0 &&
                 napi_create_string_utf8(env, path, NAPI_AUTO_LENGTH, &argument) == 0 &&
                 napi_call_function(env, receiver, write_snapshot, 1, &argument, &result) == 0;
  _exit(written ? 0 : EXIT_NOT_WRITTEN);
}

/*
 * forkSnapshot(ticket: number, write: (path: string) => void): { pid: number, pauseMicros: number }
 *
 * On the thread whose heap is wanted. `write` runs in the child alone, and is to write the snapshot of its thread to the
 * path: the other end of the pipe that is the ticket's output.
 */
static napi_value fork_snapshot(napi_env env, napi_callback_info info) {
  double started = now_micros();
  struct arguments arguments;
  if (!read_arguments(env, info, 2, &arguments)) return NULL;
  struct fork_attempt attempt = {0};
  struct drawn_child child;
  take_process_lock();
  bool drawn = draw_ticket(arguments.ticket, fork_child, &attempt, &child);
  release_process_lock();
  if (!drawn) {
    napi_throw_error(env, NULL, "the snapshot is not wanted any more");
    return NULL;
  }
  if (child.pid == 0) {
    become_harmless(attempt.output, attempt.parent);
    write_and_exit(env, arguments.write_snapshot, attempt.output);
  }
  if (child.pid < 0) {
    char message[160];
    snprintf(message, sizeof(message), "%s: %s", attempt.failed, strerror(attempt.error));
    napi_throw_error(env, NULL, message);
    return NULL;
  }
  napi_value result;
  if (napi_create_object(env, &result) != 0) return NULL;
  set_number(env, result, "pid", child.pid);
  set_number(env, result, "pauseMicros", now_micros() - started);
  return result;
}

/* openTicket(): number, 0 when there are too many. The tickets of a thread are closed when it ends. */
static napi_value open_one(napi_env env, napi_callback_info info) {
  (void)info;
  return to_number(env, open_ticket(env));
}

/* takeOutput(ticket: number): number, the descriptor to read, or -1 */
static napi_value take(napi_env env, napi_callback_info info) {
  struct arguments arguments;
  return read_arguments(env, info, 1, &arguments) ? to_number(env, take_output(arguments.ticket)) : NULL;
}

/* reap(ticket: number): number, the wait status, -1 while the child lives, -2 when it is gone, see tickets.h */
static napi_value reap_one(napi_env env, napi_callback_info info) {
  struct arguments arguments;
  return read_arguments(env, info, 1, &arguments) ? to_number(env, reap_child(arguments.ticket)) : NULL;
}

/* kill(ticket: number): void */
static napi_value kill_one(napi_env env, napi_callback_info info) {
  struct arguments arguments;
  if (read_arguments(env, info, 1, &arguments)) kill_child(arguments.ticket);
  return NULL;
}

/* closeTicket(ticket: number): void */
static napi_value close_one(napi_env env, napi_callback_info info) {
  struct arguments arguments;
  if (read_arguments(env, info, 1, &arguments)) close_ticket(arguments.ticket);
  return NULL;
}

/* noteMarks(): void, right before a child is asked for */
static napi_value note(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  note_marks();
  return NULL;
}

/* restoreMarks(): void, right after it was forked */
static napi_value restore(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  restore_marks();
  return NULL;
}

static void close_all_of(void *env) { close_tickets_of(env); }

static const struct {
  const char *name;
  napi_callback callback;
} functions[] = {
    {"forkSnapshot", fork_snapshot}, {"openTicket", open_one}, {"takeOutput", take}, {"reap", reap_one},
    {"kill", kill_one},              {"closeTicket", close_one}, {"noteMarks", note}, {"restoreMarks", restore},
};

NODE_API_EXPORT int32_t node_api_module_get_api_version_v1(void) { return 8; }

NODE_API_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  for (size_t index = 0; index < sizeof(functions) / sizeof(*functions); index++) {
    napi_value function;
    const char *name = functions[index].name;
    if (napi_create_function(env, name, NAPI_AUTO_LENGTH, functions[index].callback, NULL, &function) == 0) {
      napi_set_named_property(env, exports, name, function);
    }
  }
  napi_add_env_cleanup_hook(env, close_all_of, env);
  return exports;
}
