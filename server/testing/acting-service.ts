import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnScript } from './drill.ts';
import { drillToken } from './drill-token.ts';
import { temporaryDirectory } from './temp-directory.ts';
import { waitUntil } from './wait-until.ts';

/** A process with the real agent and two actions in it, whose effects are counted. */
export class ActingService {
  readonly child: ChildProcess;
  /** Every effect that was ever done, in order, also by those before it. */
  readonly #effectsFile: string;
  readonly #steps: string[] = [];

  private constructor(child: ChildProcess, effectsFile: string) {
    this.child = child;
    this.#effectsFile = effectsFile;
    child.on('message', (message: { kind: string; step?: string }) => {
      if (message.kind === 'step' && message.step) this.#steps.push(message.step);
    });
  }

  /** `holdAt`: the step at which its actions wait until they are released. */
  static async start(
    registry: string,
    holdAt = '',
    effectsFile = join(temporaryDirectory(), 'effects'),
  ): Promise<ActingService> {
    const args = [registry, drillToken, effectsFile, holdAt];
    const service = new ActingService(spawnScript('fixtures/acting-service.ts', args), effectsFile);
    await once(service.child, 'message');
    return service;
  }

  /** The same service in a new process, at the same list of effects. */
  async restart(registry: string): Promise<ActingService> {
    return await ActingService.start(registry, '', this.#effectsFile);
  }

  get effects(): string[] {
    if (!existsSync(this.#effectsFile)) return [];
    return readFileSync(this.#effectsFile, 'utf8').split('\n').filter(Boolean);
  }

  release(): void {
    this.child.send({ kind: 'release' });
  }

  async untilStep(step: string): Promise<void> {
    await waitUntil(`it has reached ${step}`, () => this.#steps.includes(step));
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}
