import { unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { Command, type Reply } from './command.ts';
import { onLine } from './lines.ts';

const IDLE_LIMIT_MS = 30_000;
const MAX_CLIENTS = 16;

/** Listens for commands, one per line. The address must be free: see `isAnswered`. */
export async function startControlServer(
  address: string,
  carryOut: (command: Command) => Promise<Reply>,
): Promise<AsyncDisposable> {
  const server = createServer((socket) => serve(socket, carryOut));
  server.maxConnections = MAX_CLIENTS;
  if (process.platform !== 'win32') await unlink(address).catch(() => undefined);
  await listenPrivately(server, address);
  return {
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close();
        resolve();
      }),
  };
}

/** The socket is made during `listen`, so the mask lets nobody else in even for a moment. */
async function listenPrivately(server: Server, address: string): Promise<void> {
  const listening = new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const mask = process.umask(0o177);
  try {
    server.listen(address);
  } finally {
    process.umask(mask);
  }
  await listening;
}

function serve(socket: Socket, carryOut: (command: Command) => Promise<Reply>): void {
  socket.setTimeout(IDLE_LIMIT_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  onLine(socket, (line) => {
    answer(line, carryOut).then((reply) => {
      if (socket.writable) socket.write(`${JSON.stringify(reply)}\n`);
    });
  });
}

async function answer(line: string, carryOut: (command: Command) => Promise<Reply>): Promise<Reply> {
  try {
    return await carryOut(Command.parse(JSON.parse(line)));
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
