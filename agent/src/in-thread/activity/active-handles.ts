/** Sockets, servers, child processes, … that are open and keep the event loop alive. */
export interface HandleGroup {
  kind: string;
  count: number;
  details: string[];
}

const mostDetails = 50;
const mostCharacters = 160;

type Facts = { [name: string]: unknown };

interface Kind {
  /** Names of the classes, as Node has them. */
  classes: readonly string[];
  kind: string;
  /** Addresses, ids and states, never contents: arguments and paths may hold secrets. */
  describe?(handle: Facts): string;
}

const kinds: readonly Kind[] = [
  { classes: ['Socket', 'TLSSocket'], kind: 'socket', describe: describeSocket },
  { classes: ['Server', 'TLSServer'], kind: 'server', describe: describeServer },
  { classes: ['ChildProcess'], kind: 'child process', describe: ({ pid }) => `pid ${number(pid)}` },
  { classes: ['Worker'], kind: 'worker thread', describe: ({ threadId }) => `thread ${number(threadId)}` },
  { classes: ['MessagePort'], kind: 'message port' },
  { classes: ['FSWatcher', 'StatWatcher', 'FSEvent'], kind: 'file watcher' },
  {
    classes: ['ReadStream', 'WriteStream', 'TTY'],
    kind: 'terminal',
    describe: ({ fd }) => `fd ${number(fd)}`,
  },
  { classes: ['Pipe'], kind: 'pipe', describe: describeSocket },
  { classes: ['UDP'], kind: 'udp socket' },
];

/** @param timers how many timers are active, which Node does not list */
export function readActiveHandles(timers: number): HandleGroup[] {
  const groups = new Map<string, HandleGroup>();
  const read = (process as unknown as { _getActiveHandles?(): unknown[] })._getActiveHandles;
  for (const handle of read?.call(process) ?? []) {
    const { kind, describe } = kindOf(handle);
    const group = groups.get(kind) ?? { kind, count: 0, details: [] };
    groups.set(kind, group);
    group.count += 1;
    if (describe && group.details.length < mostDetails) group.details.push(quietly(handle, describe));
  }
  const found = [...groups.values()].sort((one, other) => other.count - one.count);
  return timers > 0 ? [...found, { kind: 'timer', count: timers, details: [] }] : found;
}

function kindOf(handle: unknown): Kind {
  const name = classOf(handle);
  const known = kinds.find(({ classes }) => classes.includes(name));
  return known ?? { classes: [name], kind: name };
}

/** What is behind it tells a connection from a pipe and from a datagram socket: Node has the same name for all three. */
function classOf(handle: unknown): string {
  const name = nameOf(handle);
  if (name !== 'Socket') return name;
  if (typeof (handle as Facts).send === 'function') return 'UDP';
  return nameOf((handle as Facts)._handle) === 'Pipe' ? 'Pipe' : name;
}

function nameOf(object: unknown): string {
  const name = (object as { constructor?: { name?: unknown } } | null | undefined)?.constructor?.name;
  return typeof name === 'string' && name !== '' ? name.slice(0, 64) : 'unknown';
}

function describeSocket(socket: Facts): string {
  const own = address(socket.localAddress, socket.localPort);
  const other = address(socket.remoteAddress, socket.remotePort);
  const direction = socket.server ? 'from' : 'to';
  const state = socket.connecting ? ', connecting' : socket.destroyed ? ', destroyed' : '';
  if (other !== '') return `${own} ${direction} ${other}${state}`;
  return `fd ${number((socket._handle as Facts | null)?.fd)}${state}`;
}

function describeServer(server: Facts): string {
  const bound: unknown = typeof server.address === 'function' ? server.address() : undefined;
  if (typeof bound === 'string') return 'a local socket';
  const { address: host, port } = (bound ?? {}) as Facts;
  return `on ${address(host, port)}`;
}

function address(host: unknown, port: unknown): string {
  if (typeof host !== 'string') return '';
  return host.includes(':') ? `[${host}]:${number(port)}` : `${host}:${number(port)}`;
}

function number(value: unknown): string {
  return typeof value === 'number' ? String(value) : '?';
}

/** Handles may be of classes of the service, whose properties do what they like. */
function quietly(handle: unknown, describe: (handle: Facts) => string): string {
  try {
    return describe(handle as Facts).slice(0, mostCharacters);
  } catch {
    return 'not to be looked at';
  }
}
