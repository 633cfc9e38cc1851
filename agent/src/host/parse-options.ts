import { hostname, networkInterfaces } from 'node:os';
import { performance } from 'node:perf_hooks';
import { AgentRefused } from '../errors.ts';
import {
  type CaptureCeiling,
  defaultArtifactBudgetMb,
  type EndpointSettings,
  type ProcessIdentity,
  type TokenSource,
} from '../thread-contract.ts';
import type { AgentOptions } from './agent-options.ts';

/** 1 TiB. */
const mostArtifactMb = 1024 * 1024;

export interface AgentSettings {
  identity: ProcessIdentity;
  server: string;
  serverCa: string | undefined;
  token: TokenSource;
  endpoint: EndpointSettings;
  captureCeiling: CaptureCeiling;
  artifactBudgetMb: number;
}

/**
 * Options as they must be, or the reason why the agent may not run with them.
 *
 * @throws {AgentRefused} naming the option and its environment variable.
 */
export function parseOptions(options: AgentOptions): AgentSettings {
  const server = parseServer(options.server ?? '127.0.0.1:7071');
  const serverCa = optionalText(options.serverCa, 'serverCa (OPSCENTER_SERVER_CA)');
  if (!isLoopback(hostOf(server)) && serverCa === undefined) {
    throw new AgentRefused(
      'unsafe-server',
      `The server ${server} is not on this machine and no serverCa (OPSCENTER_SERVER_CA) is set: ` +
        'the token would cross the network unencrypted. Set it to a PEM file or to "system".',
    );
  }
  return {
    identity: parseIdentity(options),
    server,
    serverCa,
    token: parseToken(options),
    endpoint: parseEndpoint(options),
    captureCeiling: parseCeiling(options.captureCeiling ?? {}),
    artifactBudgetMb: parseArtifactBudget(options.artifactBudgetMb ?? defaultArtifactBudgetMb),
  };
}

function parseIdentity(options: AgentOptions): ProcessIdentity {
  const { service, version = '', labels = {} } = options;
  if (typeof service !== 'string' || !/^[a-z][a-z0-9-]{0,62}$/.test(service)) {
    throw invalid('service (OPSCENTER_SERVICE) must be 1 to 63 of a-z, 0-9 and -, beginning with a letter');
  }
  if (typeof version !== 'string' || version.length > 64) {
    throw invalid('version (OPSCENTER_VERSION) must be text of at most 64 characters');
  }
  return {
    service,
    version,
    host: hostname(),
    pid: process.pid,
    startedAtMs: Math.round(performance.timeOrigin),
    labels: parseLabels(labels),
  };
}

function parseLabels(labels: unknown): Record<string, string> {
  const entries = typeof labels === 'object' && labels !== null ? Object.entries(labels) : undefined;
  const fits = ([key, value]: [string, unknown]) =>
    key.length >= 1 && key.length <= 63 && typeof value === 'string' && value.length <= 256;
  if (!entries || entries.length > 32 || !entries.every(fits)) {
    throw invalid(
      'labels (OPSCENTER_LABELS) must be at most 32 texts, keys up to 63 and values up to 256 characters',
    );
  }
  return Object.fromEntries(entries);
}

function parseToken({ token, tokenFile }: AgentOptions): TokenSource {
  if (token !== undefined) {
    // A token travels in a header: anything else would fail at every call instead of here.
    if (typeof token !== 'string' || !/^[\x21-\x7e]{1,1024}$/.test(token)) {
      throw invalid('token (OPSCENTER_TOKEN) must be 1 to 1024 visible ASCII characters');
    }
    return { kind: 'value', token };
  }
  if (tokenFile !== undefined) {
    return { kind: 'file', path: text(tokenFile, 'tokenFile (OPSCENTER_TOKEN_FILE)') };
  }
  throw new AgentRefused(
    'no-token',
    'No token is set: give token (OPSCENTER_TOKEN) or tokenFile (OPSCENTER_TOKEN_FILE).',
  );
}

function parseEndpoint(options: AgentOptions): EndpointSettings {
  const host = text(options.host ?? '127.0.0.1', 'host (OPSCENTER_AGENT_HOST)');
  const port = options.port ?? 0;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw invalid('port (OPSCENTER_AGENT_PORT) must be a whole number from 0 to 65535');
  }
  const certFile = optionalText(options.tlsCert, 'tlsCert (OPSCENTER_AGENT_TLS_CERT)');
  const keyFile = optionalText(options.tlsKey, 'tlsKey (OPSCENTER_AGENT_TLS_KEY)');
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw invalid(
      'tlsCert (OPSCENTER_AGENT_TLS_CERT) and tlsKey (OPSCENTER_AGENT_TLS_KEY) belong together; one is missing',
    );
  }
  const tls = certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined;
  if (!isLoopback(host) && !tls) {
    throw new AgentRefused(
      'unsafe-bind',
      `The agent would listen on ${host}, which is not loopback, without TLS: ` +
        'set tlsCert (OPSCENTER_AGENT_TLS_CERT) and tlsKey (OPSCENTER_AGENT_TLS_KEY).',
    );
  }
  const advertised = optionalText(options.advertisedHost, 'advertisedHost (OPSCENTER_AGENT_ADVERTISED_HOST)');
  return { host, port, advertisedHost: advertised ?? (isWildcard(host) ? findOwnAddress() : undefined), tls };
}

function parseCeiling(ceiling: unknown): CaptureCeiling {
  const names = ['pauseMs', 'threadShare', 'cpuCores', 'memoryBytes'];
  const entries = typeof ceiling === 'object' && ceiling !== null ? Object.entries(ceiling) : [['', 0]];
  const fits = ([name, most]: unknown[]) =>
    names.includes(String(name)) && typeof most === 'number' && most > 0 && Number.isFinite(most);
  if (!entries.every(fits)) {
    throw invalid(
      `captureCeiling (OPSCENTER_AGENT_CAPTURE_CEILING) must be numbers above 0 by the names ${names.join(', ')}`,
    );
  }
  return Object.fromEntries(entries) as CaptureCeiling;
}

function parseArtifactBudget(mebibytes: unknown): number {
  if (!Number.isInteger(mebibytes) || !(Number(mebibytes) >= 1 && Number(mebibytes) <= mostArtifactMb)) {
    throw invalid(
      `artifactBudgetMb (OPSCENTER_AGENT_ARTIFACT_MB) must be a whole number from 1 to ${mostArtifactMb}`,
    );
  }
  return Number(mebibytes);
}

function parseServer(server: unknown): string {
  const match =
    typeof server === 'string' ? /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(server) : null;
  const port = Number(match?.[2]);
  if (!match || port < 1 || port > 65_535) {
    throw invalid('server (OPSCENTER_SERVER) must be host:port, such as 127.0.0.1:7071');
  }
  return match[0];
}

function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

/** Whether nobody outside this machine can be behind the name or address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function findOwnAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((address) => address.family === 'IPv4' && !address.internal)?.address;
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '' || value.length > 4096) throw invalid(`${name} must be text`);
  return value;
}

function optionalText(value: unknown, name: string): string | undefined {
  return value === undefined ? undefined : text(value, name);
}

function invalid(sentence: string): AgentRefused {
  return new AgentRefused('invalid-options', `${sentence}.`);
}
