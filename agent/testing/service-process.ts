import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ServiceOrder {
  node: string;
  folder: string;
  /** Arguments to Node: options, the script, its own arguments. */
  args: string[];
  environment: Record<string, string>;
}

/** A service as a process of its own, with everything that it printed. */
export class ServiceProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';

  constructor({ node, folder, args, environment }: ServiceOrder) {
    const env: object = { PATH: process.env.PATH, ...environment };
    this.#child = spawn(node, args, {
      cwd: folder,
      // Next's types want NODE_ENV in every environment.
      env: env as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#ended = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (text: Buffer) => {
        this.#output += text.toString();
      });
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** In words, for whoever looks for the cause of a failure. */
  get state(): string {
    const { pid, exitCode, signalCode } = this.#child;
    const state = this.isAlive ? 'is running' : `has ended with ${signalCode ?? `code ${exitCode}`}`;
    return `service ${pid} ${state}; it printed: ${JSON.stringify(this.#output)}`;
  }

  /** Everything on both descriptors so far. */
  get output(): string {
    return this.#output;
  }

  /** Tells the service to do what it is there for: the scenarios wait for this signal. */
  go(): void {
    this.#child.kill('SIGUSR2');
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** When the process has ended and its output is complete. */
  async end(): Promise<{ code: number | null; atMs: number }> {
    await this.#ended;
    return { code: this.#child.exitCode, atMs: Date.now() };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
