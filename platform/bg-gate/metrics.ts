import { Counter, Gauge, Registry } from 'prom-client';
import type { Page } from '../link/link-server.ts';
import type { Gateway } from './gateway.ts';
import type { ConnectionPool } from './pool/connection-pool.ts';
import type { StalenessWatch } from './pool/staleness-watch.ts';

/** Logins fail before a game is chosen, too. */
const NO_GAME = 'none';
const labelNames = ['game_type'] as const;

/** What Prometheus reads at `GET /metrics`, by the names that the alerts of OPS-812 use. */
export class GatewayMetrics {
  readonly #registry = new Registry();

  constructor(pools: readonly ConnectionPool[], watch: StalenessWatch, gateway: Gateway) {
    const registers = [this.#registry];
    const gauge = (name: string, help: string, read: (pool: ConnectionPool) => number) =>
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect() {
          for (const pool of pools) this.set({ game_type: pool.game }, read(pool));
        },
      });
    gauge(
      'bg_gate_websocket_connection_health',
      'Part of the connections to the game that are healthy, from 0 to 1; 0 when there is none',
      (pool) => watch.count(pool, 'healthy') / Math.max(1, pool.connections.length),
    );
    gauge(
      'bg_gate_connection_pool_size',
      'Connections to the pods of the game',
      (pool) => pool.connections.length,
    );
    gauge(
      'bg_gate_stale_connections_count',
      'Connections whose pod is gone and which are still in the pool',
      (pool) => watch.count(pool, 'stale'),
    );
    new Counter({
      name: 'bg_gate_login_failures_total',
      help: 'Players who could not sign in (game_type "none") or did not get a seat in the game',
      labelNames,
      registers,
      collect() {
        this.reset();
        this.inc({ game_type: NO_GAME }, gateway.failedLogins.total);
        for (const { game } of pools) this.inc({ game_type: game }, gateway.failedSits.get(game) ?? 0);
      },
    });
  }

  async page(): Promise<Page> {
    return { contentType: this.#registry.contentType, body: await this.#registry.metrics() };
  }
}
