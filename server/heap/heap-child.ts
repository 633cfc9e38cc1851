import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { FromChild, ToChild } from './child-messages.ts';

const PROCESS = fileURLToPath(new URL('heap-process.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Names, rows and answers; the columns are not in this part of the memory. */
const OLD_SPACE_MB = 768;
const LINE_LENGTH = 2000;
/** Of 1000 that can be added: taken before all that the machine needs to go on. */
const TAKEN_FIRST = '800';
const PASSED_ENVIRONMENT = ['PATH', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ'];

export interface HeapChildOptions {
  /** May be read. */
  readonly artifactDirectory: string;
  /** May be read and written. */
  readonly indexDirectory: string;
  /** Where Node keeps the program compiled, so that each process but the first starts in a fraction of the time. */
  readonly programDirectory: string;
  /** The console and its instances come first. */
  readonly niceness: number;
  readonly log: Logger;
  onMessage(message: FromChild): void;
  /** Once, however it ended: a sentence's end, such as "it was killed by SIGKILL". */
  onEnd(how: string): void;
}

/** The process of one snapshot. It ends by itself when the server is gone. */
export class HeapChild {
  readonly #process: ChildProcess;
  readonly #log: Logger;
  readonly #ended = Promise.withResolvers<void>();

  /** @throws the system's error when it has no memory for another process */
  constructor(options: HeapChildOptions) {
    this.#log = options.log;
    this.#process = fork(PROCESS, [], {
      cwd: ROOT,
      env: {
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: options.programDirectory,
        // Its columns are large and read all over: a sixth faster where the system maps them in pages of 2 MB.
        GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
        ...toEnvironment(),
      },
      execArgv: toFlags(options),
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#logLines(this.#process.stdout);
    this.#logLines(this.#process.stderr);
    this.#standBack(options.niceness);
    this.#process.on('message', (message) => options.onMessage(message as FromChild));
    let isOver = false;
    const end = (how: string) => {
      if (isOver) return;
      isOver = true;
      this.#ended.resolve();
      options.onEnd(how);
    };
    this.#process.once('exit', (code, signal) => end(toWords(code, signal)));
    this.#process.once('error', (error) => {
      // Not being able to send or to kill is an error, too; only one that never began has no exit.
      this.#log.warn({ err: error }, 'the process of a heap snapshot');
      if (this.#process.pid === undefined) end('it could not be started');
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  tell(message: ToChild): void {
    if (this.#process.connected) this.#process.send(message, () => {});
  }

  /** At once: it holds nothing that would have to be saved. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended.promise;
  }

  /** Done from here: it may not write these files itself. */
  #standBack(niceness: number): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      setPriority(pid, niceness);
      // It can be opened again, and the console goes on. Other systems choose by size, which is this one as a rule.
      if (process.platform === 'linux') writeFileSync(`/proc/${pid}/oom_score_adj`, TAKEN_FIRST);
    } catch (error) {
      this.#log.debug({ err: error }, 'the priority of a process could not be lowered');
    }
  }

  #logLines(output: Readable | null): void {
    if (!output) return;
    createInterface({ input: output }).on('line', (line) => {
      if (line.trim() !== '') this.#log.info({ from: 'heap' }, line.slice(0, LINE_LENGTH));
    });
  }
}

function toEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(PASSED_ENVIRONMENT.map((name) => [name, process.env[name]]));
}

/** It reads what comes from strangers, so it may read its own program and the artifacts, and write indexes: nothing else. */
function toFlags({ artifactDirectory, indexDirectory, programDirectory }: HeapChildOptions): string[] {
  const readable = [
    `${ROOT}server/heap`,
    `${ROOT}profile`,
    `${ROOT}package.json`,
    artifactDirectory,
    indexDirectory,
  ];
  return [
    '--permission',
    '--allow-worker',
    // Node warns of the flag above, that a thread may do more than its parent: of our own program only.
    '--disable-warning=PERM0006',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-read=${programDirectory}`,
    `--allow-fs-write=${indexDirectory}`,
    `--allow-fs-write=${programDirectory}`,
    `--max-old-space-size=${OLD_SPACE_MB}`,
  ];
}

function toWords(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGABRT' || code === 134) return 'it ran out of memory';
  if (signal === 'SIGKILL') return 'it was killed, as the kernel does when memory runs short';
  return signal ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
}
