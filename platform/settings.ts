import { join, resolve } from 'node:path';
import { InvalidSetting } from './errors.ts';
import { DEFAULT_PORT_BASE } from './plan.ts';
import { POOL_MODES, type PoolMode } from './pool-mode.ts';

/** What the environment says about this platform. */
export interface PlatformSettings {
  dataDirectory: string;
  /** Where the services' agents register, as host:port. */
  server: string;
  tokenFile: string;
  portBase: number;
  /** How the gateway keeps its connections when it starts. */
  poolMode: PoolMode;
  /** How long games take, at the shortest and at the longest; undefined: each as its kind does, about a minute. */
  gameSeconds: readonly [number, number] | undefined;
}

const HIGHEST_PORT_OFFSET = 99;

/** @throws {InvalidSetting} */
export function readSettings(environment: NodeJS.ProcessEnv): PlatformSettings {
  const dataDirectory = resolve(environment.OPSCENTER_DATA || '.opscenter');
  return {
    dataDirectory,
    server: environment.OPSCENTER_SERVER || '127.0.0.1:7071',
    tokenFile: resolve(environment.OPSCENTER_TOKEN_FILE || join(dataDirectory, 'agent-token')),
    portBase: parsePortBase(environment.PLATFORM_PORT_BASE),
    poolMode: parsePoolMode(environment.PLATFORM_POOL),
    gameSeconds: parseGameSeconds(environment.PLATFORM_GAME_SECONDS),
  };
}

function parsePoolMode(text: string | undefined): PoolMode {
  if (!text) return 'checked';
  const mode = POOL_MODES.find((candidate) => candidate === text);
  if (mode) return mode;
  throw new InvalidSetting('PLATFORM_POOL', text, POOL_MODES.join(' or '));
}

function parseGameSeconds(text: string | undefined): readonly [number, number] | undefined {
  if (!text) return undefined;
  const match = /^([1-9]\d{0,3})-([1-9]\d{0,3})$/.exec(text);
  const [shortest, longest] = [Number(match?.[1]), Number(match?.[2])];
  if (shortest <= longest) return [shortest, longest];
  throw new InvalidSetting('PLATFORM_GAME_SECONDS', text, 'two numbers of seconds such as 40-65');
}

function parsePortBase(text: string | undefined): number {
  if (!text) return DEFAULT_PORT_BASE;
  const base = Number(text);
  if (Number.isInteger(base) && base >= 1024 && base + HIGHEST_PORT_OFFSET <= 65_535) return base;
  throw new InvalidSetting(
    'PLATFORM_PORT_BASE',
    text,
    `a port number from 1024 to ${65_535 - HIGHEST_PORT_OFFSET}`,
  );
}
