import type { CaptureCeiling } from '../thread-contract.ts';

/** How a service embeds the agent. What is left out is taken from the environment variable named with it. */
export interface AgentOptions {
  /** The service's name: 1 to 63 of [a-z0-9-], beginning with a letter. OPSCENTER_SERVICE. */
  service?: string;
  /** The service's own version, up to 64 characters. OPSCENTER_VERSION. */
  version?: string;
  /** Up to 32 free labels; keys up to 63, values up to 256 characters. OPSCENTER_LABELS as `k=v,k=v`. */
  labels?: Record<string, string>;
  /** host:port of the server's registry. OPSCENTER_SERVER; 127.0.0.1:7071 when unset. */
  server?: string;
  /** PEM file with the authority of the server's certificate, or `system`. OPSCENTER_SERVER_CA. */
  serverCa?: string;
  /** The token that agents and server know each other by. OPSCENTER_TOKEN. */
  token?: string;
  /** A file that holds the token; read again at each attempt. OPSCENTER_TOKEN_FILE. */
  tokenFile?: string;
  /** Where the agent's own endpoint listens. OPSCENTER_AGENT_HOST; 127.0.0.1 when unset. */
  host?: string;
  /** 0, the default, lets the system choose. OPSCENTER_AGENT_PORT. */
  port?: number;
  /** The host name that the server dials, when it differs from `host`. OPSCENTER_AGENT_ADVERTISED_HOST. */
  advertisedHost?: string;
  /** PEM file with the endpoint's certificate chain. OPSCENTER_AGENT_TLS_CERT. */
  tlsCert?: string;
  /** PEM file with the endpoint's private key. OPSCENTER_AGENT_TLS_KEY. */
  tlsKey?: string;
  /** The most that any capture may cost, whatever is asked for. OPSCENTER_AGENT_CAPTURE_CEILING as `pauseMs=500,cpuCores=0.5`. */
  captureCeiling?: CaptureCeiling;
  /** What the artifacts of captures may take together on the disk, in MiB. OPSCENTER_AGENT_ARTIFACT_MB; 2048 when unset. */
  artifactBudgetMb?: number;
}

type Environment = Record<string, string | undefined>;

/** The options as the environment states them. An unparsable port becomes NaN and is refused later, by name. */
export function optionsFromEnvironment(environment: Environment): AgentOptions {
  const read = (name: string) => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const port = read('OPSCENTER_AGENT_PORT');
  const artifactMb = read('OPSCENTER_AGENT_ARTIFACT_MB');
  return withoutUndefined({
    service: read('OPSCENTER_SERVICE'),
    version: read('OPSCENTER_VERSION'),
    labels: parsePairs(read('OPSCENTER_LABELS')),
    server: read('OPSCENTER_SERVER'),
    serverCa: read('OPSCENTER_SERVER_CA'),
    token: read('OPSCENTER_TOKEN'),
    tokenFile: read('OPSCENTER_TOKEN_FILE'),
    host: read('OPSCENTER_AGENT_HOST'),
    port: port === undefined ? undefined : Number(port),
    advertisedHost: read('OPSCENTER_AGENT_ADVERTISED_HOST'),
    tlsCert: read('OPSCENTER_AGENT_TLS_CERT'),
    tlsKey: read('OPSCENTER_AGENT_TLS_KEY'),
    captureCeiling: parseCeiling(read('OPSCENTER_AGENT_CAPTURE_CEILING')),
    artifactBudgetMb: artifactMb === undefined ? undefined : Number(artifactMb),
  });
}

/** What the caller gave, completed by the environment. A token given either way hides the environment's other way. */
export function completeOptions(given: AgentOptions, environment: Environment): AgentOptions {
  const fallback = optionsFromEnvironment(environment);
  if (given.token !== undefined || given.tokenFile !== undefined) {
    delete fallback.token;
    delete fallback.tokenFile;
  }
  return { ...fallback, ...withoutUndefined(given) };
}

/** What is no number becomes NaN and is refused later, by name. */
function parseCeiling(text: string | undefined): CaptureCeiling | undefined {
  const pairs = parsePairs(text);
  return (
    pairs && Object.fromEntries(Object.entries(pairs).map(([name, value]) => [name, Number(value || 'none')]))
  );
}

function parsePairs(text: string | undefined): Record<string, string> | undefined {
  if (text === undefined) return undefined;
  const pairs = text.split(',').map((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [pair.trim(), ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
  });
  return Object.fromEntries(pairs.filter(([key]) => key !== ''));
}

function withoutUndefined(
  options: { [Key in keyof AgentOptions]: AgentOptions[Key] | undefined },
): AgentOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
