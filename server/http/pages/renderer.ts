import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import next, { type NextConfig } from 'next';

/**
 * The process that renders pages. It is started by PageRenderer with a channel to it, tells its port on that channel, and
 * ends when the channel closes: so it goes with its parent, however that dies.
 *
 * Usage: node renderer.ts <directory of the application>
 */
const directory = process.argv[2];
if (directory === undefined || !process.send) {
  process.stderr.write('The page renderer is started by the server.\n');
  process.exit(1);
}
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
// Ctrl-C reaches the whole group of processes; the parent decides when this one ends.
process.on('SIGINT', () => {});

const server = createServer();
// The parent keeps connections open for as long as it likes.
server.keepAliveTimeout = 0;
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
// Its types describe an ES module, and what is there is the function itself.
const createRenderer = next as unknown as typeof next.default;
const app = createRenderer({
  dev: false,
  dir: directory,
  hostname: '127.0.0.1',
  port,
  quiet: true,
  // As it was built: nothing is compiled here, so the process may be kept from everything that a compiler needs.
  conf: readBuiltConfig(directory),
});
await app.prepare();
const render = app.getRequestHandler();
server.on('request', (request, response) => void render(request, response));
process.send({ port });

function readBuiltConfig(application: string): NextConfig {
  const manifest = join(application, '.next', 'required-server-files.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { config: NextConfig }).config;
}
