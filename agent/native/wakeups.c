#define _GNU_SOURCE
#include "wakeups.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define JUMP_SLOT R_X86_64_JUMP_SLOT
#define GLOB_DAT R_X86_64_GLOB_DAT
#define AUDIT_ARCH 0xC000003Eu
#elif defined(__aarch64__)
#define JUMP_SLOT R_AARCH64_JUMP_SLOT
#define GLOB_DAT R_AARCH64_GLOB_DAT
#define AUDIT_ARCH 0xC00000B7u
#else
#error "x64 and arm64 only"
#endif

struct replacement {
  const char *name;
  uintptr_t function;
};

static int do_nothing(void) { return 0; }

static int give_up(void) { _exit(EXIT_STUCK); }

/* libuv's uv_mutex_lock, through which Node takes its own locks and V8 none; it is a few instructions long. */
static uintptr_t uv_lock;
#define UV_LOCK_BYTES 64

/*
 * A lock that is taken was taken by a thread that is not there. Of Node's own, that is the queue of tasks for other threads,
 * which they are at so often that most forks would hit it; nobody will take a task from it, so it is used as it is. What
 * V8 was doing under a lock of its own matters for what the heap looks like: not to be gone on with.
 */
static int lock_if_free(pthread_mutex_t *mutex) {
  int status = pthread_mutex_trylock(mutex);
  if (status != EBUSY) return status;
  uintptr_t caller = (uintptr_t)__builtin_return_address(0);
  if (uv_lock != 0 && caller - uv_lock < UV_LOCK_BYTES) return 0;
  _exit(EXIT_STUCK);
}

static const struct replacement *find_replacement(const char *name) {
  static const struct replacement replacements[] = {
      {"pthread_cond_signal", (uintptr_t)do_nothing},
      {"pthread_cond_broadcast", (uintptr_t)do_nothing},
      {"pthread_cond_wait", (uintptr_t)give_up},
      {"pthread_join", (uintptr_t)give_up},
      {"pthread_mutex_lock", (uintptr_t)lock_if_free},
  };
  for (size_t index = 0; index < sizeof(replacements) / sizeof(*replacements); index++) {
    if (strcmp(name, replacements[index].name) == 0) return &replacements[index];
  }
  return NULL;
}

/* The linker makes some tables read-only once it has filled them. */
static void write_slot(uintptr_t slot, uintptr_t function) {
  uintptr_t page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t page = slot & ~(page_size - 1);
  if (mprotect((void *)page, page_size, PROT_READ | PROT_WRITE) == 0) *(volatile uintptr_t *)slot = function;
}

struct tables {
  const ElfW(Sym) * symbols;
  const char *names;
  const ElfW(Rela) * jumps;
  size_t jumps_size;
  const ElfW(Rela) * data;
  size_t data_size;
};

static void patch(uintptr_t base, const struct tables *tables, const ElfW(Rela) * relocations, size_t size) {
  for (size_t index = 0; index < size / sizeof(*relocations); index++) {
    const ElfW(Rela) *relocation = &relocations[index];
    uint64_t type = ELF64_R_TYPE(relocation->r_info);
    if (type != JUMP_SLOT && type != GLOB_DAT) continue;
    const ElfW(Sym) *symbol = &tables->symbols[ELF64_R_SYM(relocation->r_info)];
    const struct replacement *replacement = find_replacement(tables->names + symbol->st_name);
    if (replacement) write_slot(base + relocation->r_offset, replacement->function);
  }
}

/* glibc has made the addresses absolute by now, musl leaves them as they are in the file. */
static uintptr_t absolute(uintptr_t base, uintptr_t address) { return address < base ? base + address : address; }

static int patch_object(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  (void)data;
  const ElfW(Dyn) *entry = NULL;
  for (int index = 0; index < info->dlpi_phnum; index++) {
    if (info->dlpi_phdr[index].p_type == PT_DYNAMIC) {
      entry = (const ElfW(Dyn) *)(info->dlpi_addr + info->dlpi_phdr[index].p_vaddr);
    }
  }
  struct tables tables = {0};
  for (; entry && entry->d_tag != DT_NULL; entry++) {
    uintptr_t address = absolute(info->dlpi_addr, entry->d_un.d_ptr);
    switch (entry->d_tag) {
      case DT_SYMTAB: tables.symbols = (const ElfW(Sym) *)address; break;
      case DT_STRTAB: tables.names = (const char *)address; break;
      case DT_JMPREL: tables.jumps = (const ElfW(Rela) *)address; break;
      case DT_PLTRELSZ: tables.jumps_size = entry->d_un.d_val; break;
      case DT_RELA: tables.data = (const ElfW(Rela) *)address; break;
      case DT_RELASZ: tables.data_size = entry->d_un.d_val; break;
      default: break;
    }
  }
  if (!tables.symbols || !tables.names) return 0;
  if (tables.jumps) patch(info->dlpi_addr, &tables, tables.jumps, tables.jumps_size);
  if (tables.data) patch(info->dlpi_addr, &tables, tables.data, tables.data_size);
  return 0;
}

void disconnect_wakeups(void) {
  uv_lock = (uintptr_t)dlsym(RTLD_DEFAULT, "uv_mutex_lock");
  dl_iterate_phdr(patch_object, NULL);
}

/*
 * A program for the kernel's packet filter over struct seccomp_data, whose layout is part of the kernel's interface; its
 * headers are not installed everywhere.
 */
struct filter_step {
  uint16_t code;
  uint8_t jump_true;
  uint8_t jump_false;
  uint32_t value;
};

struct filter_program {
  unsigned short length;
  const struct filter_step *steps;
};

#define LOAD_WORD 0x20
#define JUMP_EQUAL 0x15
#define AND 0x54
#define RETURN 0x06
#define RETURN_ALLOW 0x7fff0000u
#define RETURN_KILL_PROCESS 0x80000000u

#define OFFSET_NUMBER 0
#define OFFSET_ARCH 4
#define OFFSET_ARGUMENT(n) (16 + 8 * (n))

#define FUTEX_COMMAND 0x7fu
#define FUTEX_WAIT 0
#define FUTEX_LOCK_PI 6
#define FUTEX_WAIT_BITSET 9

void forbid_endless_waits(void) {
  static const struct filter_step steps[] = {
      {LOAD_WORD, 0, 0, OFFSET_ARCH},
      {JUMP_EQUAL, 0, 12, AUDIT_ARCH},
      {LOAD_WORD, 0, 0, OFFSET_NUMBER},
      {JUMP_EQUAL, 0, 10, SYS_futex},
      {LOAD_WORD, 0, 0, OFFSET_ARGUMENT(1)},
      {AND, 0, 0, FUTEX_COMMAND},
      {JUMP_EQUAL, 2, 0, FUTEX_WAIT},
      {JUMP_EQUAL, 1, 0, FUTEX_WAIT_BITSET},
      {JUMP_EQUAL, 0, 5, FUTEX_LOCK_PI},
      /* Both halves of the pointer to the time limit are 0: there is none. */
      {LOAD_WORD, 0, 0, OFFSET_ARGUMENT(3)},
      {JUMP_EQUAL, 0, 3, 0},
      {LOAD_WORD, 0, 0, OFFSET_ARGUMENT(3) + 4},
      {JUMP_EQUAL, 0, 1, 0},
      {RETURN, 0, 0, RETURN_KILL_PROCESS},
      {RETURN, 0, 0, RETURN_ALLOW},
  };
  const struct filter_program program = {sizeof(steps) / sizeof(*steps), steps};
  /* Where the kernel has no filters, the deadline finds what waits. */
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) prctl(PR_SET_SECCOMP, 2 /* SECCOMP_MODE_FILTER */, &program);
}
