import { connect } from 'node:net';

export type ProbeResult = 'accepted' | 'refused' | 'unreachable';

const TIMEOUT_MS = 1_500;

/** Whether anybody listens: a refused connection is evidence, silence is not. */
export function probe(host: string, port: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const answer = (result: ProbeResult) => {
      resolve(result);
      socket.destroy();
    };
    socket.setTimeout(TIMEOUT_MS, () => answer('unreachable'));
    socket.once('connect', () => answer('accepted'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      answer(error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable'),
    );
  });
}
