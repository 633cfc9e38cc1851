import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Api } from './api.ts';
import type { EventHub } from './events/event-hub.ts';
import type { Rooms } from './rooms.ts';

const CONNECTION_STATES = ['connecting', 'connected', 'interrupted', 'refused', 'dead', 'stopped'] as const;
const HEALTH_STATES = ['unknown', 'well', 'strained', 'stuck'] as const;

export interface MetricsOptions {
  readonly rooms: Rooms;
  readonly hub: EventHub;
  readonly version: string;
}

/** Adds GET /metrics: the server about itself, in Prometheus' text format. */
export function addMetrics(app: Api, options: MetricsOptions): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addInfo(registry, options.version);
  addInstanceGauges(registry, options.rooms);
  addCaptureGauges(registry, options.rooms);
  addHeapMeters(app, registry, options.rooms);
  addStreamGauge(registry, options.hub);
  addLoopDelay(app, registry);
  addRequestMeters(app, registry);

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type(registry.contentType)
      .header('cache-control', 'no-store')
      .send(await registry.metrics()),
  );
}

function addInfo(registry: Registry, version: string): void {
  new Gauge({
    name: 'opscenter_info',
    help: 'The version that runs',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1);
}

function addInstanceGauges(registry: Registry, { directory }: Rooms): void {
  new Gauge({
    name: 'opscenter_instances',
    help: 'Instances by how the server stands with them',
    labelNames: ['connection'],
    registers: [registry],
    collect() {
      const counts = new Map<string, number>(CONNECTION_STATES.map((state) => [state, 0]));
      for (const { connection } of directory.list()) add(counts, connection.state);
      for (const [connection, count] of counts) this.set({ connection }, count);
    },
  });
  new Gauge({
    name: 'opscenter_instances_health',
    help: 'Connected instances by their health',
    labelNames: ['health'],
    registers: [registry],
    collect() {
      const counts = new Map<string, number>(HEALTH_STATES.map((state) => [state, 0]));
      for (const { connection, health } of directory.list()) {
        if (connection.state === 'connected') add(counts, health.state);
      }
      for (const [health, count] of counts) this.set({ health }, count);
    },
  });
}

function addCaptureGauges(registry: Registry, { captures }: Rooms): void {
  new Gauge({
    name: 'opscenter_captures',
    help: 'Captures that have not ended',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { running, queued } = captures.counts();
      this.set({ state: 'running' }, running);
      this.set({ state: 'queued' }, queued);
    },
  });
  new Gauge({
    name: 'opscenter_artifact_bytes',
    help: 'What the kept artifacts take up',
    registers: [registry],
    collect() {
      this.set(captures.storage().artifactBytes);
    },
  });
}

function addHeapMeters(app: Api, registry: Registry, { heaps }: Rooms): void {
  new Gauge({
    name: 'opscenter_heap_snapshots',
    help: 'Heap snapshots that are looked into',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { open, opening, waiting } = heaps.usage();
      this.set({ state: 'open' }, open);
      this.set({ state: 'opening' }, opening);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  new Gauge({
    name: 'opscenter_heap_bytes',
    help: 'What the columns of heap snapshots take, in memory and as indexes on the disk',
    labelNames: ['where'],
    registers: [registry],
    collect() {
      const { memoryBytes, indexBytes } = heaps.usage();
      this.set({ where: 'memory' }, memoryBytes);
      this.set({ where: 'disk' }, indexBytes);
    },
  });
  const opening = new Histogram({
    name: 'opscenter_heap_opening_seconds',
    help: 'From the start of the process to the first question it can answer',
    labelNames: ['from'],
    buckets: [0.25, 0.5, 1, 5, 15, 60, 300],
    registers: [registry],
  });
  const answer = new Histogram({
    name: 'opscenter_heap_answer_seconds',
    help: 'What questions took in the process, without waiting',
    labelNames: ['ask'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2, 10, 60],
    registers: [registry],
  });
  const ended = new Counter({
    name: 'opscenter_heap_processes_ended_total',
    help: 'Processes that ended and were not meant to',
    registers: [registry],
  });
  const listening = heaps.onMeasurement((measurement) => {
    switch (measurement.measured) {
      case 'opening':
        opening.observe({ from: measurement.from }, measurement.seconds);
        return;
      case 'answer':
        answer.observe({ ask: measurement.ask }, measurement.seconds);
        return;
      case 'process-ended':
        ended.inc();
    }
  });
  app.addHook('onClose', async () => listening[Symbol.dispose]());
}

function addStreamGauge(registry: Registry, hub: EventHub): void {
  new Gauge({
    name: 'opscenter_event_streams',
    help: 'Open event streams',
    registers: [registry],
    collect() {
      this.set(hub.readerCount);
    },
  });
}

/** The delay of the loop between two scrapes, by Node's own histogram. */
function addLoopDelay(app: Api, registry: Registry): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  app.addHook('onClose', async () => {
    delay.disable();
  });
  new Gauge({
    name: 'opscenter_event_loop_delay_seconds',
    help: "How late the server's event loop was since the last scrape",
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const percentile of [50, 99, 100]) {
        const nanoseconds = percentile === 100 ? delay.max : delay.percentile(percentile);
        this.set({ quantile: String(percentile / 100) }, nanoseconds / 1e9);
      }
      delay.reset();
    },
  });
}

function addRequestMeters(app: Api, registry: Registry): void {
  const seconds = new Histogram({
    name: 'opscenter_http_request_seconds',
    help: 'From the first byte of a request to the last of its answer; event streams last as long as they are open',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  const problems = new Counter({
    name: 'opscenter_http_faults_total',
    help: 'Answers that say the console itself failed (5xx)',
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    // The pattern of the route, not what was asked for: strangers do not decide how many series there are.
    const route = request.routeOptions.url ?? 'unknown';
    seconds.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    if (reply.statusCode >= 500) problems.inc();
  });
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
