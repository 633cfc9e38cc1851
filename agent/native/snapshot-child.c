/*
 * Snapshots of a heap in a child that shares the service's memory copy-on-write: see docs/adr/0007 for why and how far.
 * One file of functions for JavaScript; each thread that loads it gets them for itself, memory marks are the process's.
 */
#define _GNU_SOURCE
#include "child.h"
#include "memory-marks.h"
#include "node-api.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The child could not write the snapshot: the reader went away, or V8 refused. */
#define EXIT_NOT_WRITTEN 70

/* As large as an unprivileged process may make it: fewer turns between the child and its reader. */
#define PIPE_BYTES (1024 * 1024)

static double now_micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static napi_value throw_errno(napi_env env, const char *what) {
  char message[160];
  snprintf(message, sizeof(message), "%s: %s", what, strerror(errno));
  napi_throw_error(env, NULL, message);
  return NULL;
}

static void set_number(napi_env env, napi_value object, const char *name, double number) {
  napi_value value;
  if (napi_create_double(env, number, &value) == 0) napi_set_named_property(env, object, name, value);
}

/* Never returns: what the child's JavaScript does, also when it throws, ends here, and no event loop turns. */
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
 * forkSnapshot(write: (path: string) => void): { pid, fd, pauseMicros }
 *
 * To be called on the thread whose heap is wanted. `write` runs in the child, and is to write the snapshot of its own
 * thread to the path, which is the other end of the pipe that `fd` reads.
 */
static napi_value fork_snapshot(napi_env env, napi_callback_info info) {
  double started = now_micros();
  size_t argc = 1;
  napi_value write_snapshot;
  if (napi_get_cb_info(env, info, &argc, &write_snapshot, NULL, NULL) != 0 || argc < 1) return NULL;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return throw_errno(env, "pipe");
  fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);
  if (!lift_marks()) {
    close(ends[0]);
    close(ends[1]);
    return throw_errno(env, "/proc/self/maps");
  }
  double lifted = now_micros();
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    become_harmless(ends[1], parent);
    write_and_exit(env, write_snapshot, ends[1]);
  }
  double ended = now_micros();
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return throw_errno(env, "fork");
  }
  napi_value result;
  if (napi_create_object(env, &result) != 0) return NULL;
  set_number(env, result, "pid", child);
  set_number(env, result, "fd", ends[0]);
  set_number(env, result, "pauseMicros", ended - started);
  set_number(env, result, "liftMicros", lifted - started);
  return result;
}

static bool read_pid(napi_env env, napi_callback_info info, pid_t *pid) {
  size_t argc = 1;
  napi_value argument;
  int32_t value;
  if (napi_get_cb_info(env, info, &argc, &argument, NULL, NULL) != 0 || argc < 1) return false;
  if (napi_get_value_int32(env, argument, &value) != 0 || value <= 1) return false;
  *pid = value;
  return true;
}

/*
 * reap(pid: number): number
 *
 * The child's wait status; -1 while it lives, -2 when somebody else has reaped it. Does not wait, and asks for no other
 * child than this one.
 */
static napi_value reap(napi_env env, napi_callback_info info) {
  pid_t pid;
  if (!read_pid(env, info, &pid)) return NULL;
  int status;
  pid_t reaped = waitpid(pid, &status, WNOHANG);
  napi_value result;
  double answer = reaped == pid ? status : reaped == 0 ? -1 : -2;
  return napi_create_double(env, answer, &result) == 0 ? result : NULL;
}

static napi_value note(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  note_marks();
  return NULL;
}

static napi_value restore(napi_env env, napi_callback_info info) {
  (void)env;
  (void)info;
  restore_marks();
  return NULL;
}

static bool export_function(napi_env env, napi_value exports, const char *name, napi_callback callback) {
  napi_value function;
  return napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, NULL, &function) == 0 &&
         napi_set_named_property(env, exports, name, function) == 0;
}

NODE_API_EXPORT int32_t node_api_module_get_api_version_v1(void) { return 8; }

NODE_API_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  export_function(env, exports, "forkSnapshot", fork_snapshot);
  export_function(env, exports, "reap", reap);
  export_function(env, exports, "noteMarks", note);
  export_function(env, exports, "restoreMarks", restore);
  return exports;
}
