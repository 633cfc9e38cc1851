import { expect } from '@playwright/test';
import type { Product } from './product.ts';

/** The parts of the API's answers that the journeys look at. */
export interface Action {
  id: string;
  status: { state: string; message?: string };
  preview: Preview;
  parts: {
    outcomes: { targetId: string; outcome: string }[];
    waitingFor: { id: string }[];
    playersAffected: number | null;
    playersDisconnected: number | null;
    checks: { name: string; passed: boolean }[];
  }[];
}

export interface Preview {
  id: string;
  playersAffected: number;
  playersDisconnected: number;
  parts: {
    instanceName: string;
    targets: Target[];
    estimatedSeconds: number | null;
    refusal: { message: string } | null;
  }[];
}

interface Target {
  id: string;
  name: string;
  reason: string;
  effect: 'touched' | 'kept' | 'awaited';
}

interface PoolItem {
  id: string;
  peer: string;
  state: string;
  condition: 'well' | 'attention' | 'bad';
}

const FINAL = new Set(['succeeded', 'partial', 'failed', 'cancelled', 'unknown']);
export const isFinal = (action: Action) => FINAL.has(action.status.state);

export async function instanceIdOf(product: Product, name: string): Promise<string> {
  const instances =
    await product.get<{ id: string; name: string; connection: { state: string } }[]>('/api/v1/instances');
  const found = instances.find((each) => each.name === name && each.connection.state === 'connected');
  if (!found) throw new Error(`${name} is not connected`);
  return found.id;
}

/** The gateway's connections to the pods of a game, as the console tells them. */
export async function connectionsTo(product: Product, game: string): Promise<PoolItem[]> {
  const gateway = await instanceIdOf(product, 'bg-gate');
  const path = `/api/v1/instances/${gateway}/resources/${encodeURIComponent(`pool:${game}`)}`;
  return (await product.get<{ items: PoolItem[] }>(path)).items;
}

export async function preview(
  product: Product,
  type: string,
  instance: string,
  params: Record<string, unknown> = {},
): Promise<Preview> {
  const instanceIds = [await instanceIdOf(product, instance)];
  return product.post<Preview>('/api/v1/actions/preview', { type, instanceIds, params });
}

export const touchedBy = ({ parts }: Preview) =>
  parts.flatMap(({ targets }) => targets.filter(({ effect }) => effect === 'touched'));

export const confirm = (product: Product, previewId: string, idempotencyKey: string, confirmation?: string) =>
  product.post<Action>('/api/v1/actions', {
    previewId,
    reason: 'Players cannot log in since the restart.',
    idempotencyKey,
    ...(confirmation && { confirmation }),
  });

export interface PlayerCounts {
  disconnects: number;
  seatsLost: number;
  gamesCutShort: number;
  gamesFinished: number;
}

/** What the players count by themselves. */
export async function askPlayers(product: Product): Promise<PlayerCounts> {
  return JSON.parse(await product.platform('players', '--json')) as PlayerCounts;
}

/** One new player signs in, sits down and plays: 'in', or the sentence that says why not. */
export async function letNewPlayerIn(product: Product, game: string): Promise<string> {
  return product.platform('login', game).then(
    () => 'in',
    (error: { stderr?: string }) => error.stderr ?? String(error),
  );
}

export async function whenRoomsRunOn(product: Product, pod: string): Promise<void> {
  await expect
    .poll(async () => (await roomsOn(product, pod)).length, { timeout: 60_000, message: `games on ${pod}` })
    .toBeGreaterThan(0);
}

/** Games begin and end all the time: the preview of a drain that has so many seconds to wait. */
export async function whenDrainWouldTake(product: Product, pod: string, seconds: number): Promise<Preview> {
  let planned: Preview | undefined;
  await expect(async () => {
    planned = await preview(product, 'drain', pod);
    expect(planned.parts[0]?.estimatedSeconds ?? 0).toBeGreaterThan(seconds);
  }).toPass({ timeout: 90_000, intervals: [1_000] });
  if (!planned) throw new Error('no preview');
  return planned;
}

export async function roomsOn(product: Product, pod: string): Promise<{ id: string }[]> {
  const id = await instanceIdOf(product, pod);
  const all = await product.get<{ resource: { id: string }; instanceId: string }[]>(
    '/api/v1/resources?kind=rooms',
  );
  const rooms = all.find(({ instanceId }) => instanceId === id)?.resource.id ?? 'rooms';
  const path = `/api/v1/instances/${id}/resources/${encodeURIComponent(rooms)}`;
  return (await product.get<{ items: { id: string }[] }>(path)).items;
}

/** Switches the gateway's pools; one that has just been started may not listen yet. */
export async function setPools(product: Product, mode: 'checked' | 'unchecked'): Promise<void> {
  await expect(() => product.platform('pool', mode)).toPass({ timeout: 40_000 });
}

/** Nobody but the regular players: on two busy cores the many logins would keep the few out that are looked at. */
export async function calmLogins(product: Product): Promise<void> {
  await expect(() => product.platform('load', '0')).toPass({ timeout: 40_000 });
}
