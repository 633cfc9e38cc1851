import { createServer } from 'node:http';
import { ask } from '../background.mjs';

/** Every request wants to be told when the process stops, and is so for ever. */
export const leak = {
  pilesUp: ['IncomingMessage', 'Listener', '(closure)', 'Function', 'ServerResponse'],
  keptIn: /(^|\.)(abort|stopping|#?signal)$/,
};

const stopping = new AbortController();

export async function serve(_background, share) {
  const server = createServer((request, response) => {
    stopping.signal.addEventListener('abort', () => request.destroy());
    response.end('fine');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  for (let round = 0; round < 61 * share; round++)
    await Promise.all(
      Array.from({ length: 25 }, (_, number) => ask(port, `/rooms/${number}?round=${round}`)),
    );
  server.closeAllConnections();
  server.close();
  return stopping;
}
