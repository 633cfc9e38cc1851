import { type ChildProcess, spawn } from 'node:child_process';

/**
 * A shell that reads lists of process ids and does nothing, until its input ends without an empty list before it:
 * then the supervisor was killed, and it kills the last list. Services end by themselves when they notice, which a
 * paused one or one in an endless loop never does; it gives the others a second. It ignores what the terminal sends
 * to the whole process group.
 */
const SCRIPT = `trap '' INT TERM HUP
pids=
while read -r line; do pids=$line; done
[ -n "$pids" ] && sleep 1 && kill -9 $pids`;

/** Kills what is left of the platform when the supervisor itself is killed. */
export class LastGuard {
  #shell: ChildProcess | undefined;
  #pids: readonly number[] = [];
  #stopping = false;

  constructor() {
    // Without signals of that kind no process can be paused, and a closed channel ends all of them.
    if (process.platform !== 'win32') this.#start();
  }

  /** The processes to be killed in that case. */
  watch(pids: readonly number[]): void {
    this.#pids = pids;
    this.#shell?.stdin?.write(`${pids.join(' ')}\n`);
  }

  stop(): void {
    this.#stopping = true;
    this.#shell?.stdin?.end('\n');
  }

  #start(): void {
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'] });
    this.#shell = shell;
    shell.on('error', () => undefined);
    shell.stdin.on('error', () => undefined);
    shell.once('exit', () => {
      this.#shell = undefined;
      if (this.#stopping) return;
      setTimeout(() => {
        if (this.#stopping) return;
        this.#start();
        this.watch(this.#pids);
      }, 1_000).unref();
    });
  }
}
