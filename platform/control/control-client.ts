import { createConnection } from 'node:net';
import { NotPossibleNow } from '../errors.ts';
import { type Command, Reply } from './command.ts';
import { onLine } from './lines.ts';

const ANSWER_BUDGET_MS = 10_000;

/** Undefined when nobody listens there. */
export function sendCommand(address: string, command: Command): Promise<Reply | undefined> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(address);
    const timer = setTimeout(
      () => socket.destroy(new NotPossibleNow('The supervisor does not answer.')),
      ANSWER_BUDGET_MS,
    );
    socket.once('connect', () => socket.write(`${JSON.stringify(command)}\n`));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
    socket.once('close', () => {
      clearTimeout(timer);
      reject(new NotPossibleNow('The supervisor ended before it answered.'));
    });
    onLine(socket, (line) => {
      resolve(Reply.parse(JSON.parse(line)));
      socket.end();
    });
  });
}
