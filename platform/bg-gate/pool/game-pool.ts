import { LinkRefusal } from '../../link/link-message.ts';
import type { PoolMode } from '../../pool-mode.ts';
import { RateMeter } from '../../service/rate-meter.ts';
import { CheckedDiscipline } from './checked-discipline.ts';
import type { ConnectionPool, PlayerRequest, PoolState } from './connection-pool.ts';
import type { Discipline, PoolView } from './discipline.ts';
import { type PodAddress, PodConnections } from './pod-connections.ts';
import type { PooledConnection } from './pooled-connection.ts';
import { UncheckedDiscipline } from './unchecked-discipline.ts';

type MakeDiscipline = (pool: PoolView) => Discipline;

export interface GamePoolOptions {
  game: string;
  pods: readonly PodAddress[];
  connectionsPerPod: number;
  mode: PoolMode;
  /** What other limits than the usual ones are set with. */
  disciplines?: Readonly<Record<PoolMode, MakeDiscipline>>;
}

const DISCIPLINES: Readonly<Record<PoolMode, MakeDiscipline>> = {
  checked: (pool) => new CheckedDiscipline(pool),
  unchecked: (pool) => new UncheckedDiscipline(pool),
};

/** The connections to the pods of one game, under one discipline or the other. */
export class GamePool implements ConnectionPool, PoolView {
  readonly game: string;
  readonly #requests = new RateMeter();
  readonly #pods: readonly PodConnections[];
  readonly #disciplines: Readonly<Record<PoolMode, MakeDiscipline>>;
  #discipline: Discipline;

  constructor({ game, pods, connectionsPerPod, mode, disciplines = DISCIPLINES }: GamePoolOptions) {
    this.game = game;
    this.#disciplines = disciplines;
    this.#discipline = disciplines[mode](this);
    this.#pods = pods.map(
      (address) =>
        new PodConnections(address, connectionsPerPod, (connection) => this.#discipline.adopt(connection)),
    );
  }

  get mode(): PoolMode {
    return this.#discipline.mode;
  }

  get pods(): readonly PodAddress[] {
    return this.#pods.map(({ address }) => address);
  }

  get connections(): readonly PooledConnection[] {
    return this.#pods.flatMap(({ connections }) => connections);
  }

  get requestsPerMinute(): number {
    return this.#requests.perMinute;
  }

  get reachablePods(): readonly string[] {
    return this.#pods.filter(({ usable }) => usable.length > 0).map(({ pod }) => pod);
  }

  /** From now on connections are chosen the other way; those that there are stay. */
  setMode(mode: PoolMode): void {
    if (mode === this.mode) return;
    this.#discipline.stop();
    this.#discipline = this.#disciplines[mode](this);
    for (const connection of this.connections) this.#discipline.adopt(connection);
  }

  async request(pod: string, method: string, body: PlayerRequest): Promise<unknown> {
    return (await this.#take(pod)).request(method, body);
  }

  tell(pod: string, method: string, body: PlayerRequest): void {
    this.#take(pod).then(
      (connection) => connection.tell(method, body),
      () => undefined,
    );
  }

  /** Nobody gets these any more; others are dialled in their place at once. */
  fence(connections: readonly PooledConnection[]): void {
    for (const connection of connections) connection.fence();
    for (const pod of this.#pods) pod.refill();
  }

  state(): PoolState {
    const { connections } = this;
    const now = Date.now();
    return {
      target: this.#pods.reduce((sum, { target }) => sum + target, 0),
      size: connections.length,
      inFlight: connections.reduce((sum, { inFlight }) => sum + inFlight, 0),
      longestIdleMs: Math.max(0, ...connections.map(({ lastUsedAt }) => now - lastUsedAt)),
    };
  }

  close(): void {
    this.#discipline.stop();
    for (const pod of this.#pods) pod.close();
  }

  async #take(pod: string): Promise<PooledConnection> {
    this.#requests.add();
    const to = this.#pods.find((connections) => connections.pod === pod);
    const connection = to && (await this.#discipline.take(to));
    if (!connection) throw new LinkRefusal('game-unavailable', `There is no connection to ${pod}`);
    return connection;
  }
}
