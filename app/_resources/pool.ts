import type { FleetResource, InstanceId, Resource } from '#contract';
import { matches } from '../_ui/match.ts';
import { resourceKey } from './resource-key.ts';

/** What a pool says of itself. What it does not say is null, and never guessed. */
export interface PoolFigures {
  size: number | null;
  /** Connections there should be. */
  target: number | null;
  healthy: number | null;
  stale: number | null;
  inFlight: number | null;
  longestIdleSeconds: number | null;
}

/** `unread`: its figures are not known. */
export type PoolHealth = 'stale' | 'well' | 'unread';

export interface Pool {
  key: string;
  instanceId: InstanceId;
  instanceName: string;
  service: string;
  /** What its connections lead to. */
  game: string;
  health: PoolHealth;
  resource: Resource;
  figures: PoolFigures;
}

const SECONDS_PER: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3600 };

export function toPool({ instanceId, instanceName, service, resource }: FleetResource): Pool {
  const figures = figuresOf(resource);
  return {
    key: resourceKey(instanceId, resource.id),
    instanceId,
    instanceName,
    service,
    game: gameOf(resource),
    health: healthOf(resource, figures),
    resource,
    figures,
  };
}

function healthOf(resource: Resource, { size, stale }: PoolFigures): PoolHealth {
  if (resource.finding !== null || (stale ?? 0) > 0) return 'stale';
  return resource.error !== null || size === null ? 'unread' : 'well';
}

function figuresOf({ measures }: Resource): PoolFigures {
  const named = new Map(measures.map((measure) => [normal(measure.name), measure]));
  const figureOf = (name: string) => named.get(name)?.value ?? null;
  const idle = named.get('longest idle');
  const perSecond = idle && SECONDS_PER[idle.unit];
  return {
    size: figureOf('size'),
    target: figureOf('target'),
    healthy: figureOf('healthy'),
    stale: figureOf('stale'),
    inFlight: figureOf('in flight'),
    longestIdleSeconds: idle === undefined || perSecond === undefined ? null : idle.value * perSecond,
  };
}

/** "in flight", "in_flight" and "In-flight" are one. */
function normal(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, ' ').trim();
}

/** Pools are named by their kind and what they lead to: `pool:steampunk2`. */
function gameOf({ id, kind, name }: Resource): string {
  return id.startsWith(`${kind}:`) ? id.slice(kind.length + 1) : name;
}

export interface PoolFilter {
  /** Words that are to be found in its names. */
  typed: string;
  health: PoolHealth | '';
  game: string;
  instance: string;
}

export function isPoolShown(pool: Pool, { typed, health, game, instance }: PoolFilter): boolean {
  return (
    (health === '' || pool.health === health) &&
    (game === '' || pool.game === game) &&
    (instance === '' || pool.instanceName === instance) &&
    (typed === '' ||
      matches(typed, pool.resource.name, pool.resource.id, pool.instanceName, pool.service, pool.instanceId))
  );
}

/** The sum of what is known; null when nothing is. */
export function totalOf(pools: readonly Pool[], figure: keyof PoolFigures): number | null {
  const known = pools.map(({ figures }) => figures[figure]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

export function longestIdle(pools: readonly Pool[]): number | null {
  const known = pools.map(({ figures }) => figures.longestIdleSeconds).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** What there is to say about all pools in a sentence. */
export interface PoolsState {
  pools: number;
  connections: number;
  stale: number;
  /** The pools that hold the stale ones. */
  staleIn: { name: string; instanceName: string }[];
  unread: number;
  /** Whose figures are of a moment ago and cannot be had anew. */
  outdated: number;
  instances: string[];
}

export function poolsState(pools: readonly Pool[], isAnswering: (pool: Pool) => boolean): PoolsState {
  return {
    pools: pools.length,
    connections: totalOf(pools, 'size') ?? 0,
    stale: totalOf(pools, 'stale') ?? 0,
    staleIn: pools
      .filter(({ figures }) => (figures.stale ?? 0) > 0)
      .map(({ resource, instanceName }) => ({ name: resource.name, instanceName })),
    unread: pools.filter(({ health }) => health === 'unread').length,
    outdated: pools.filter((pool) => !isAnswering(pool)).length,
    instances: [...new Set(pools.map(({ instanceName }) => instanceName))].sort(),
  };
}
