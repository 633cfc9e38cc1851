// A service on any Node version whose main thread gets stuck in the way that its first argument names, when it is told to.
import { startAgent } from '@opscenter/agent';

let counter = 0;

const ways = {
  loop() {
    while (true) counter += 1;
  },
  regex() {
    return /^(a+)+$/.test(`${'a'.repeat(64)}!`);
  },
  /** Some ten seconds of one call, on a machine that has nothing else to do. */
  sort() {
    const numbers = Array.from({ length: 20_000_000 }, (_, index) => (index * 7_919) % 1_000_003);
    while (true) counter += numbers.sort((one, other) => one - other).reverse()[0];
  },
  wait() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
};

startAgent({ service: 'blocked' });
process.on('message', () => setTimeout(ways[process.argv[2]], 10));
process.on('disconnect', () => process.exit(counter > 0 ? 0 : 1));
