import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Action,
  type ActionPreview,
  ActionRefused,
  type ActionResult,
  type ActionRun,
  type ActionTarget,
} from '@opscenter/agent';
import { z } from 'zod';
import { Link } from '../link/link.ts';
import { toMessage } from '../service/log.ts';
import type { GamePool } from './pool/game-pool.ts';
import type { PooledConnection } from './pool/pooled-connection.ts';
import type { StalenessWatch } from './pool/staleness-watch.ts';
import { findLeftOver, type SocketPair } from './socket-table.ts';

export interface FlushOptions {
  pools: readonly GamePool[];
  watch: StalenessWatch;
  /** How many players' connections the gateway has ended since it runs. */
  playersDropped(): number;
}

export const FLUSH = 'pool.flush';
const ESTIMATE_MS = 2_000;
const CLOSE_BUDGET_MS = 1_000;
const SOCKET_BUDGET_MS = 2_000;
const PROBE_BUDGET_MS = 2_000;
const Parameters = z.strictObject({ game: z.string() });

type Check = ActionResult['checks'][number];

/** Closes the connections of one game that lead nowhere, and nothing else. */
export function flushPool(options: FlushOptions): Action {
  const games = options.pools.map(({ game }) => game);
  return {
    type: FLUSH,
    title: 'Flush stale connections',
    description:
      'Closes the connections of one game whose pod is gone and keeps the healthy ones. No player is disconnected; a player whose request waits on a stale connection gets its error now instead of after a time-out. A closed connection does not come back: the gateway makes new ones.',
    parametersSchema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { game: { type: 'string', title: 'Game', enum: games } },
      required: ['game'],
      additionalProperties: false,
    },
    preview: (parameters) => preview(options, findPool(options, parameters)),
    run: (run) => new Flush(options, findPool(options, run.parameters), run).carryOut(),
  };
}

/** @throws {ActionRefused} */
function findPool({ pools }: FlushOptions, parameters: unknown): GamePool {
  const asked = Parameters.safeParse(parameters).data?.game;
  const pool = pools.find(({ game }) => game === asked);
  if (!pool) throw new ActionRefused(`Name one of the games: ${pools.map(({ game }) => game).join(', ')}.`);
  return pool;
}

async function preview({ watch }: FlushOptions, pool: GamePool): Promise<ActionPreview> {
  await watch.lookClosely(pool);
  const stale = pool.connections.filter((connection) => watch.verdictOf(connection).state === 'stale');
  return {
    targets: pool.connections.map((connection) => toTarget(connection, watch)),
    playersAffected: countPlayers(stale),
    // Players hold connections to the gateway; those to the pods are the gateway's own.
    playersDisconnected: 0,
    irreversible: 'A closed connection does not come back; the gateway makes new ones by itself.',
    estimatedMs: ESTIMATE_MS,
  };
}

function toTarget(connection: PooledConnection, watch: StalenessWatch): ActionTarget {
  const { state, reason } = watch.verdictOf(connection);
  return {
    id: connection.id,
    name: `${connection.id} by ${connection.peer}`,
    reason,
    players: connection.waitingPlayers.size,
    effect: state === 'stale' ? 'touched' : 'kept',
  };
}

function countPlayers(connections: readonly PooledConnection[]): number {
  return new Set(connections.flatMap(({ waitingPlayers }) => [...waitingPlayers])).size;
}

/** One run of the action. */
class Flush {
  readonly #options: FlushOptions;
  readonly #pool: GamePool;
  readonly #run: ActionRun;
  readonly #droppedBefore: number;

  constructor(options: FlushOptions, pool: GamePool, run: ActionRun) {
    this.#options = options;
    this.#pool = pool;
    this.#run = run;
    this.#droppedBefore = options.playersDropped();
  }

  async carryOut(): Promise<ActionResult> {
    const { watch } = this.#options;
    await watch.lookClosely(this.#pool);
    const { connections } = this.#pool;
    const isStale = (connection: PooledConnection) => watch.verdictOf(connection).state === 'stale';
    const toClose = connections.filter(({ id }) => this.#run.confirmed.has(id)).filter(isStale);
    const healthy = connections.filter((connection) => !isStale(connection));
    const unconfirmed = connections.length - toClose.length - healthy.length;
    this.#tellKept(connections, toClose);

    this.#run.step('fencing', `Nobody gets ${count(toClose.length)} any more; new ones are made.`);
    this.#pool.fence(toClose);
    // Lets whoever has cancelled in time be heard.
    await sleep(0);
    if (this.#run.signal.aborted) return this.#takeBack(toClose);

    this.#run.step('closing', `Closing ${count(toClose.length)}.`);
    const playersAffected = countPlayers(toClose);
    const closed = await this.#close(toClose);

    this.#run.step('verifying', 'Looking whether the sockets are gone and every pod answers.');
    await watch.lookClosely(this.#pool);
    const checks = [
      await this.#checkSockets(toClose),
      ...(await this.#probePods()),
      checkHealthy(healthy),
      this.#checkStale(unconfirmed),
      this.#checkPlayers(),
    ];
    return {
      ...toEnd(toClose.length, closed, unconfirmed, checks),
      playersAffected,
      playersDisconnected: this.#dropped,
      checks,
    };
  }

  get #dropped(): number {
    return this.#options.playersDropped() - this.#droppedBefore;
  }

  /** What was confirmed and is not to be closed after all. */
  #tellKept(connections: readonly PooledConnection[], toClose: readonly PooledConnection[]): void {
    for (const id of this.#run.confirmed) {
      if (toClose.some((connection) => connection.id === id)) continue;
      const isThere = connections.some((connection) => connection.id === id);
      this.#run.outcome(id, 'kept', isThere ? 'It is well again.' : 'It was gone already.');
    }
  }

  #takeBack(toClose: readonly PooledConnection[]): ActionResult {
    for (const connection of toClose) {
      connection.unfence();
      this.#run.outcome(connection.id, 'kept', 'Cancelled before it was closed.');
    }
    return {
      state: 'cancelled',
      message: 'Cancelled before anything was closed.',
      playersAffected: 0,
      playersDisconnected: this.#dropped,
      checks: [],
    };
  }

  async #close(connections: readonly PooledConnection[]): Promise<number> {
    const ended = await Promise.all(connections.map(endOf));
    for (const [index, { id }] of connections.entries()) {
      if (ended[index]) this.#run.outcome(id, 'done', 'It is closed.');
      else this.#run.outcome(id, 'failed', `It has not closed within ${CLOSE_BUDGET_MS} ms.`);
    }
    return ended.filter(Boolean).length;
  }

  async #checkSockets(connections: readonly PooledConnection[]): Promise<Check> {
    const name = 'The sockets are gone';
    const left = await findLeftOver(connections.map(toPair), SOCKET_BUDGET_MS);
    if (!left) return { name, passed: true, detail: 'As the process says; the system does not tell.' };
    const detail =
      left.length === 0
        ? `The system knows none of the ${connections.length} any more.`
        : `The system still keeps the ports ${left.map(({ localPort }) => localPort).join(', ')}.`;
    return { name, passed: left.length === 0, detail };
  }

  #probePods(): Promise<Check[]> {
    return Promise.all(
      this.#pool.pods.map(async ({ pod, url }): Promise<Check> => {
        const name = `${pod} answers over a new connection`;
        try {
          const tookMs = await probe(pod, url);
          return { name, passed: true, detail: `After ${tookMs} ms.` };
        } catch (error) {
          return { name, passed: false, detail: `${toMessage(error)}.` };
        }
      }),
    );
  }

  #checkStale(unconfirmed: number): Check {
    const left = this.#options.watch.count(this.#pool, 'stale');
    const detail =
      left === 0
        ? 'None was seen.'
        : `${left} left, ${unconfirmed} of which had not been confirmed: look again.`;
    return { name: 'No stale connection is left', passed: left === 0, detail };
  }

  #checkPlayers(): Check {
    const dropped = this.#dropped;
    const detail =
      dropped === 0
        ? 'The gateway has ended no player’s connection.'
        : `The gateway has ended the connections of ${dropped}.`;
    return { name: 'No player was disconnected', passed: dropped === 0, detail };
  }
}

/** Closes it; whether that has happened in time. */
function endOf(connection: PooledConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), CLOSE_BUDGET_MS);
    connection.onClose(() => {
      clearTimeout(timer);
      resolve(true);
    });
    connection.close();
  });
}

/** Milliseconds until a pod answered on a connection made for that. */
async function probe(pod: string, url: string): Promise<number> {
  const startedAt = performance.now();
  const link = await Link.open(url, pod);
  try {
    await link.request('probe', {}, PROBE_BUDGET_MS);
    return Math.round(performance.now() - startedAt);
  } finally {
    link.cut();
  }
}

function checkHealthy(before: readonly PooledConnection[]): Check {
  const kept = before.filter(({ state }) => state === 'open').length;
  return {
    name: 'Healthy connections were kept',
    passed: kept === before.length,
    detail: `${kept} of ${before.length} are still the same.`,
  };
}

function toEnd(
  wanted: number,
  closed: number,
  unconfirmed: number,
  checks: readonly Check[],
): Pick<ActionResult, 'state' | 'message'> {
  const failed = checks.filter(({ passed }) => !passed).length;
  const were = unconfirmed === 1 ? 'was' : 'were';
  const rest = unconfirmed > 0 ? ` ${count(unconfirmed)} ${were} not confirmed and stay.` : '';
  if (wanted > 0 && closed === 0) return { state: 'failed', message: `Nothing was closed.${rest}` };
  const done = wanted === 0 ? 'There was nothing to close.' : `Closed ${closed} of ${count(wanted)}.`;
  if (failed === 0 && closed === wanted) return { state: 'succeeded', message: done + rest };
  return { state: 'partial', message: `${done}${rest} Not every check passed.` };
}

function toPair({ localPort, peer }: PooledConnection): SocketPair {
  return { localPort, peerPort: Number(peer.slice(peer.lastIndexOf(':') + 1)) };
}

function count(connections: number): string {
  return connections === 1 ? '1 stale connection' : `${connections} stale connections`;
}
