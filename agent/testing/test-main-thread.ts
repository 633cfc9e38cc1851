import { MessageChannel } from 'node:worker_threads';
import { Operations } from '../src/host/operations.ts';
import type { ToHost, ToWorker } from '../src/thread-contract.ts';
import type { ActionDesk } from '../src/worker/actions/action-desk.ts';
import type { MainThreadLine } from '../src/worker/main-thread-line.ts';
import type { MainThreadPulse } from '../src/worker/vitals/main-thread-pulse.ts';

/**
 * The main thread's side of the agent, with everything but a thread of its own: resources and actions are registered and
 * run by the real code, and every message crosses a real port. `stick` leaves what is asked lying, as a thread in a loop
 * does, until `comeBack`.
 */
export class TestMainThread implements Disposable {
  readonly operations: Operations;
  readonly #channel = new MessageChannel();
  #lying: ToHost[] | undefined;

  constructor() {
    const { port1: worker, port2: host } = this.#channel;
    this.operations = new Operations(
      () => {},
      (message) => host.postMessage(message),
    );
    host.on('message', (message: ToHost) => {
      if (this.#lying) this.#lying.push(message);
      else this.#hear(message);
    });
    worker.unref();
    host.unref();
  }

  readonly post = (message: ToHost): void => this.#channel.port1.postMessage(message);

  connect(pulse: MainThreadPulse, line: MainThreadLine, actions: ActionDesk): void {
    const { port1 } = this.#channel;
    port1.removeAllListeners('message');
    port1.on('message', (message: ToWorker) => {
      if (message.type === 'pong') pulse.hear(message);
      else if (message.type === 'answer') line.hear(message.id, message.answer);
      else if ('key' in message) actions.hear(message);
    });
    port1.unref();
  }

  stick(): void {
    this.#lying = [];
  }

  comeBack(): void {
    const lying = this.#lying ?? [];
    this.#lying = undefined;
    for (const message of lying) this.#hear(message);
  }

  [Symbol.dispose](): void {
    this.#channel.port1.close();
  }

  #hear(message: ToHost): void {
    if (message.type === 'ping') {
      const { sequence, read } = message;
      const resources = read ? this.operations.resources.read() : undefined;
      const atNanos = process.hrtime.bigint();
      this.#channel.port2.postMessage({ type: 'pong', sequence, atNanos, resources } satisfies ToWorker);
    } else if (message.type === 'link' || message.type === 'here' || message.type === 'observe') {
      return;
    } else if (message.type !== 'artifact-folder') {
      this.operations.hear(message);
    }
  }
}
