import { createConnection, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { findLeftOver, parseSocketTable } from './socket-table.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:7153 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5801 1
   1: 0100007F:C350 0100007F:717B 01 00000000:00000000 00:00000000 00000000     0        0 5822 1
`;

describe('the table of sockets', () => {
  test('is read as pairs of ports', () => {
    expect(parseSocketTable(TABLE)).toEqual(new Set(['29011-0', '50000-29051']));
  });

  test.runIf(process.platform === 'linux')(
    'has a connection while it is open and not after it was cut',
    async () => {
      const server = createServer((socket) => socket.on('error', () => undefined));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const peerPort = typeof address === 'object' && address ? address.port : 0;
      const socket = createConnection(peerPort, '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      const pair = { localPort: socket.localPort ?? 0, peerPort };
      expect(await findLeftOver([pair], 0)).toEqual([pair]);
      socket.resetAndDestroy();
      expect(await findLeftOver([pair], 5_000)).toEqual([]);
      server.close();
    },
  );
});
