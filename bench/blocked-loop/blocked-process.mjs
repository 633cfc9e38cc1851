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
  /**
   * Some 50 ms each, without an end. V8 copies an array before it sorts it, which is a native call that nothing
   * interrupts: some 10 ms for this one, 0.2 s for one of 2 million and 1.5 to 3 s for one of 20 million.
   */
  sort() {
    const numbers = Array.from({ length: 200_000 }, (_, index) => (index * 7_919) % 1_000_003);
    while (true) counter += numbers.slice().sort((one, other) => one - other)[0];
  },
  wait() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
};

startAgent({ service: 'blocked' });
process.on('message', () => setTimeout(ways[process.argv[2]], 10));
process.on('disconnect', () => process.exit(counter > 0 ? 0 : 1));
