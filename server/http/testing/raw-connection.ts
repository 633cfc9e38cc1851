import { connect } from 'node:net';

/** Writes bytes to the port as they are, and answers what comes back until the other side closes or the time is over. */
export function sendRaw(port: number, bytes: string | Uint8Array, timeoutMs = 3000): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const timer = setTimeout(() => socket.destroy(), timeoutMs);
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
}
