import type { WaitType } from '../waits/wait-sink.ts';

/**
 * What Node's own operations wait for, by the type that `async_hooks` gives them. Null is not followed: it is no wait of
 * its own but stays open for as long as it likes (a socket, a server, a watcher), or is followed by another way.
 *
 * @see https://nodejs.org/api/async_hooks.html#type
 */
const kinds = new Map<string, WaitType | null>(
  Object.entries({
    PROMISE: null,
    TickObject: null,
    Microtask: null,

    TCPCONNECTWRAP: 'network',
    PIPECONNECTWRAP: 'network',
    UDPSENDWRAP: 'network',
    WRITEWRAP: 'network',
    SHUTDOWNWRAP: 'network',
    HTTP2STREAM: 'network',
    HTTP2PING: 'network',
    HTTP2SETTINGS: 'network',
    TCPWRAP: null,
    TCPSERVERWRAP: null,
    PIPEWRAP: null,
    PIPESERVERWRAP: null,
    UDPWRAP: null,
    TLSWRAP: null,
    TTYWRAP: null,
    JSSTREAM: null,
    JSUDPWRAP: null,
    STREAMPIPE: null,
    HTTP2SESSION: null,
    HTTPINCOMINGMESSAGE: null,
    HTTPCLIENTREQUEST: null,
    UNDICI_REQUEST: null,

    GETADDRINFOREQWRAP: 'dns',
    GETNAMEINFOREQWRAP: 'dns',
    QUERYWRAP: 'dns',
    DNSCHANNEL: null,

    FSREQCALLBACK: 'file',
    FSREQPROMISE: 'file',
    FILEHANDLECLOSEREQ: 'file',
    BLOBREADER: 'file',
    FILEHANDLE: null,
    DIRHANDLE: null,
    FSEVENTWRAP: null,
    STATWATCHER: null,

    Timeout: 'timer',
    Immediate: 'timer',
    TIMERWRAP: null,

    WORKER: 'worker',
    MESSAGEPORT: 'worker',
    PBKDF2REQUEST: 'worker',
    SCRYPTREQUEST: 'worker',
    ARGON2REQUEST: 'worker',
    RANDOMBYTESREQUEST: 'worker',
    RANDOMPRIMEREQUEST: 'worker',
    CHECKPRIMEREQUEST: 'worker',
    CIPHERREQUEST: 'worker',
    DERIVEBITSREQUEST: 'worker',
    HASHREQUEST: 'worker',
    KEYGENREQUEST: 'worker',
    KEYEXPORTREQUEST: 'worker',
    KEYPAIRGENREQUEST: 'worker',
    SIGNREQUEST: 'worker',
    VERIFYREQUEST: 'worker',
    ZLIB: 'worker',

    PROCESSWRAP: 'process',
    STREAM_END_OF_STREAM: null,
    SIGNALWRAP: null,
    INSPECTORJSBINDING: null,
    ELDHISTOGRAM: null,
  }),
);

/** Null when it is not followed. What libraries make of `AsyncResource` has names of their own. */
export function toWaitType(type: string): WaitType | null {
  const known = kinds.get(type);
  if (known !== undefined) return known;
  // A function bound to its context waits for whatever calls it.
  return type.startsWith('bound-') ? null : 'other';
}
