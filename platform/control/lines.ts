import type { Socket } from 'node:net';

const MAX_LINE_LENGTH = 64 * 1024;

/** Calls back for each line that arrives. A line longer than 64 KiB ends the connection. */
export function onLine(socket: Socket, listener: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece) => {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) listener(line);
    if (rest.length > MAX_LINE_LENGTH) socket.destroy();
  });
}
