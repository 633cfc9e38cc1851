import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { z } from 'zod';
import { parseSourceRoot, type SourceRoot } from './captures/sources/source-roots.ts';
import { type HostPort, parseHostPort } from './discovery/host-port.ts';
import { CaptureBudgets } from './http/contract/capture.ts';

/** Certificate and key, as read from their files. */
export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Everything that can be set from outside. Read and checked once, at start. */
export interface Config {
  /** Absolute. */
  readonly dataDirectory: string;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Further host names that the console is reached by, in lower case. */
    readonly names: readonly string[];
    readonly tls: TlsMaterial | null;
    /** Whoever knows it may use the console; null only on loopback. */
    readonly consoleToken: string | null;
    /** Whether Next.js is started to render the pages. */
    readonly pages: boolean;
  };
  readonly grpc: { readonly host: string; readonly port: number; readonly tls: TlsMaterial | null };
  readonly agents: {
    /** null: made and kept in the data directory. */
    readonly token: string | null;
    /** Certificate authority that vouches for agents with TLS. */
    readonly ca: Buffer | null;
    /** Networks beyond loopback that the server may dial, in CIDR notation. */
    readonly networks: readonly string[];
    /** The static list. */
    readonly targets: readonly HostPort[];
    /** Whether artifacts travel packed: where that pays, always, never. */
    readonly compression: 'auto' | 'on' | 'off';
  };
  readonly captures: {
    readonly runningLimit: number;
    readonly queueLimit: number;
    readonly artifactMaxBytes: number;
    readonly artifactLimitBytes: number;
    readonly retentionDays: number;
    /** By kind: beyond it a capture ends by itself. What is not set is the agent's own choice. */
    readonly budgets: CaptureBudgets;
  };
  /** Where the source files of services are found on this machine; nothing else is read for showing it. */
  readonly sources: readonly SourceRoot[];
  /** For looking into heap snapshots. */
  readonly heaps: {
    /** What all open ones may use together; null: by what the machine has left at the start. */
    readonly memoryBytes: number | null;
    /** What their indexes may take on the disk. */
    readonly indexBytes: number;
  };
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The environment cannot be used. `mistakes` has one sentence each, naming the setting and never a secret. */
export class ConfigurationMistaken extends Error {
  override readonly name = 'ConfigurationMistaken';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join(' '));
    this.mistakes = mistakes;
  }
}

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;
const SHORTEST_TOKEN = 8;

function numberBetween(from: number, to: number) {
  const rule = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, rule)
    .transform(Number)
    .refine((value) => value >= from && value <= to, rule);
}

function wholeNumber(from: number, to: number, otherwise: number) {
  return numberBetween(from, to).default(otherwise);
}

function list<Item>(toItem: (text: string) => Item | undefined, rule: string) {
  return z
    .string()
    .transform((text, context) => {
      const items: Item[] = [];
      for (const part of text.split(',').map((piece) => piece.trim())) {
        if (part === '') continue;
        const item = toItem(part);
        if (item === undefined) context.addIssue({ code: 'custom', message: `${rule}; "${part}" is not` });
        else items.push(item);
      }
      return items;
    })
    .default([]);
}

const host = z
  .string()
  .refine(
    (text) => isIP(text) !== 0 || isHostName(text),
    'must be an IP address or a host name, without a port',
  )
  .default('127.0.0.1');

const token = z
  .string()
  .min(SHORTEST_TOKEN, `must have at least ${SHORTEST_TOKEN} characters`)
  .max(512, 'must have at most 512 characters')
  .regex(/^[\x21-\x7e]*$/, 'must be made of printable ASCII characters without spaces')
  .nullable()
  .default(null);

const path = z.string().nullable().default(null);

const budgets = z
  .string()
  .transform((text, context): CaptureBudgets => {
    const parsed = CaptureBudgets.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue?.path.length ? `; ${issue.path.join('.')}: ${issue.message}` : '';
    context.addIssue({
      code: 'custom',
      message: `must be JSON with budgets by kind of capture, such as {"cpu":{"pauseMs":100}}${where}`,
    });
    return z.NEVER;
  })
  .default({});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const Environment = z.object({
  OPSCENTER_DATA: z.string().default('.opscenter'),
  OPSCENTER_HTTP_HOST: host,
  OPSCENTER_HTTP_PORT: wholeNumber(0, 65_535, 3000),
  OPSCENTER_HTTP_NAMES: list(
    (text) => (isHostName(text) ? text.toLowerCase() : undefined),
    'must be a list of host names separated by commas',
  ),
  OPSCENTER_GRPC_HOST: host,
  OPSCENTER_GRPC_PORT: wholeNumber(0, 65_535, 7071),
  OPSCENTER_TLS_CERT: path,
  OPSCENTER_TLS_KEY: path,
  OPSCENTER_CONSOLE_TOKEN: token,
  OPSCENTER_AGENT_TOKEN: token,
  OPSCENTER_AGENT_CA: path,
  OPSCENTER_AGENT_NETWORKS: list(
    (text) => (isNetwork(text) ? text : undefined),
    'must be a list of networks such as 10.0.0.0/8 separated by commas',
  ),
  OPSCENTER_TARGETS: list(
    parseHostPort,
    'must be a list of addresses such as 10.0.0.7:7072 separated by commas',
  ),
  OPSCENTER_COMPRESSION: z.enum(['auto', 'on', 'off'], { error: 'must be auto, on or off' }).default('auto'),
  OPSCENTER_CAPTURE_LIMIT: wholeNumber(1, 1000, 8),
  OPSCENTER_CAPTURE_QUEUE: wholeNumber(0, 10_000, 32),
  OPSCENTER_CAPTURE_BUDGETS: budgets,
  OPSCENTER_ARTIFACT_MAX_BYTES: wholeNumber(1024, 1024 * GIBIBYTE, 2 * GIBIBYTE),
  OPSCENTER_ARTIFACT_LIMIT_BYTES: wholeNumber(1024, 8192 * GIBIBYTE, 10 * GIBIBYTE),
  OPSCENTER_RETENTION_DAYS: wholeNumber(1, 3650, 14),
  OPSCENTER_HEAP_MEMORY_BYTES: numberBetween(64 * MEBIBYTE, 1024 * GIBIBYTE)
    .nullable()
    .default(null),
  OPSCENTER_HEAP_INDEX_BYTES: wholeNumber(0, 8192 * GIBIBYTE, 10 * GIBIBYTE),
  OPSCENTER_SOURCES: list(
    parseSourceRoot,
    'must be a list such as /srv/app=/home/me/app separated by commas: an absolute path as services see it, and an absolute path here',
  ),
  OPSCENTER_PAGES: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  OPSCENTER_LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});
type Environment = z.infer<typeof Environment>;

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(Environment.shape);

/**
 * Reads the settings. An empty variable counts as absent.
 *
 * @throws {ConfigurationMistaken} with every mistake there is, not only the first.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(givenSettings(environment));
  if (!parsed.success) {
    throw new ConfigurationMistaken(
      parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`),
    );
  }
  const settings = parsed.data;
  const mistakes: string[] = [];
  const tls = readTls(settings, mistakes);
  const ca = readSetting('OPSCENTER_AGENT_CA', settings.OPSCENTER_AGENT_CA, mistakes);
  mistakes.push(...unsafeBinds(settings));
  if (mistakes.length > 0) throw new ConfigurationMistaken(mistakes);
  return toConfig(settings, tls, ca);
}

/** Of the settings the data directory alone: for what reads it and needs nothing else to be in order. */
export function readDataDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const { OPSCENTER_DATA } = Environment.pick({ OPSCENTER_DATA: true }).parse(givenSettings(environment));
  return resolve(OPSCENTER_DATA);
}

function givenSettings(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    SETTING_NAMES.flatMap((name) => {
      const value = environment[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

function toConfig(settings: Environment, tls: TlsMaterial | null, ca: Buffer | null): Config {
  return {
    dataDirectory: resolve(settings.OPSCENTER_DATA),
    http: {
      host: settings.OPSCENTER_HTTP_HOST,
      port: settings.OPSCENTER_HTTP_PORT,
      names: settings.OPSCENTER_HTTP_NAMES,
      tls,
      consoleToken: settings.OPSCENTER_CONSOLE_TOKEN,
      pages: settings.OPSCENTER_PAGES === 'on',
    },
    grpc: { host: settings.OPSCENTER_GRPC_HOST, port: settings.OPSCENTER_GRPC_PORT, tls },
    agents: {
      token: settings.OPSCENTER_AGENT_TOKEN,
      ca,
      networks: settings.OPSCENTER_AGENT_NETWORKS,
      targets: settings.OPSCENTER_TARGETS,
      compression: settings.OPSCENTER_COMPRESSION,
    },
    captures: {
      runningLimit: settings.OPSCENTER_CAPTURE_LIMIT,
      queueLimit: settings.OPSCENTER_CAPTURE_QUEUE,
      artifactMaxBytes: settings.OPSCENTER_ARTIFACT_MAX_BYTES,
      artifactLimitBytes: settings.OPSCENTER_ARTIFACT_LIMIT_BYTES,
      retentionDays: settings.OPSCENTER_RETENTION_DAYS,
      budgets: settings.OPSCENTER_CAPTURE_BUDGETS,
    },
    sources: settings.OPSCENTER_SOURCES,
    heaps: {
      memoryBytes: settings.OPSCENTER_HEAP_MEMORY_BYTES,
      indexBytes: settings.OPSCENTER_HEAP_INDEX_BYTES,
    },
    logLevel: settings.OPSCENTER_LOG_LEVEL,
  };
}

/**
 * The rule of every bind: loopback, or both encrypted and asking for a token. Agents always need their token
 * (one is made when none is set), so the registry can only lack encryption.
 */
function unsafeBinds(settings: Environment): string[] {
  const missingTls = (['OPSCENTER_TLS_CERT', 'OPSCENTER_TLS_KEY'] as const).filter((name) => !settings[name]);
  const sentences: string[] = [];
  const refuse = (name: 'OPSCENTER_HTTP_HOST' | 'OPSCENTER_GRPC_HOST', missing: readonly string[]) => {
    if (isLoopback(settings[name]) || missing.length === 0) return;
    sentences.push(
      `${name} is ${settings[name]}, which other machines can reach: set ${toWords(missing)} as well, or bind to 127.0.0.1.`,
    );
  };
  refuse('OPSCENTER_HTTP_HOST', [
    ...missingTls,
    ...(settings.OPSCENTER_CONSOLE_TOKEN ? [] : ['OPSCENTER_CONSOLE_TOKEN']),
  ]);
  refuse('OPSCENTER_GRPC_HOST', missingTls);
  return sentences;
}

function readTls(settings: Environment, mistakes: string[]): TlsMaterial | null {
  const { OPSCENTER_TLS_CERT: certPath, OPSCENTER_TLS_KEY: keyPath } = settings;
  const cert = readSetting('OPSCENTER_TLS_CERT', certPath, mistakes);
  const key = readSetting('OPSCENTER_TLS_KEY', keyPath, mistakes);
  // A half that is missing on a bind that needs both is already named there.
  if (Boolean(certPath) !== Boolean(keyPath) && unsafeBinds(settings).length === 0) {
    const [present, absent] = certPath ? ['CERT', 'KEY'] : ['KEY', 'CERT'];
    mistakes.push(`OPSCENTER_TLS_${present} is set without OPSCENTER_TLS_${absent}: TLS needs both.`);
  }
  if (!cert || !key) return null;
  try {
    createSecureContext({ cert, key });
  } catch {
    mistakes.push(
      'OPSCENTER_TLS_CERT and OPSCENTER_TLS_KEY must hold a certificate and its own private key, both in PEM form.',
    );
  }
  return { cert, key };
}

function readSetting(name: string, file: string | null, mistakes: string[]): Buffer | null {
  if (file === null) return null;
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    mistakes.push(`${name} names the file ${file}, which cannot be read${reason}.`);
    return null;
  }
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether only this machine can reach what is bound there. A name other than localhost could be anything. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return address.toLowerCase() === 'localhost';
  return loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

function isHostName(text: string): boolean {
  return (
    text.length <= 253 &&
    /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i.test(text)
  );
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 6 ? 128 : 32));
}

function toWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
