import { BenchChild } from '../harness/child.ts';
import { poll } from '../harness/poll.ts';
import { AGENT_TOKEN, type ServerProcess } from '../harness/server-process.ts';

export interface FleetSize {
  /** Processes; each can be killed and takes its agents along. */
  groups: number;
  agentsPerGroup: number;
  agentsPerService: number;
}

/** Simulated agents in a few processes, all registered at a server. */
export class SimulatedFleet implements AsyncDisposable {
  readonly #groups: readonly BenchChild[];

  private constructor(groups: readonly BenchChild[]) {
    this.#groups = groups;
  }

  /** Resolves when the server is connected to every one. */
  static async start(server: ServerProcess, size: FleetSize): Promise<SimulatedFleet> {
    const groups: BenchChild[] = [];
    const fleet = new SimulatedFleet(groups);
    for (let group = 0; group < size.groups; group++) {
      const child = new BenchChild(new URL('agents-process.ts', import.meta.url), [
        server.registryAddress,
        AGENT_TOKEN,
        String(group),
        String(group * size.agentsPerGroup),
        String(size.agentsPerGroup),
        String(size.agentsPerService),
      ]);
      groups.push(child);
      await child.ask('ready');
    }
    const expected = size.groups * size.agentsPerGroup;
    await poll(
      async () => (await countConnected(server)) === expected || undefined,
      `${expected} connected agents`,
      120_000,
    );
    return fleet;
  }

  /** kill -9 of a whole process. */
  kill(group: number): Promise<void> {
    return this.#groups[group]?.kill() ?? Promise.resolve();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#groups.map((group) => group.kill()));
  }
}

/** By the metrics: the list of all instances, asked for again and again, would be a load of its own. */
async function countConnected(server: ServerProcess): Promise<number> {
  const metrics = String(await server.call('GET', '/metrics'));
  return Number(/^opscenter_instances\{connection="connected"\} (\d+)$/m.exec(metrics)?.[1]);
}
