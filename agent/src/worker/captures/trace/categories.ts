import { InvalidRequest } from '../../../errors.ts';

/** Without this, nobody could tell when a thread collected garbage. */
const needed: readonly string[] = ['v8'];

const usual: readonly string[] = ['node.perf'];

/**
 * Told by the agent's README. Others would do more to the service than record: V8's CPU profiler, and `node.async_hooks`,
 * whose tens of thousands of events a second held a service up.
 */
const known: readonly string[] = [
  ...needed,
  ...usual,
  'node.console',
  'node.dns.native',
  'node.environment',
  'node.fs.async',
  'node.fs.sync',
  'node.http',
  'node.net.native',
  'node.perf.timerify',
  'node.perf.usertiming',
  'node.promises.rejections',
  'node.threadpoolwork.async',
  'node.threadpoolwork.sync',
  'node.vm.script',
  'disabled-by-default-v8.gc',
];

/** @throws {InvalidRequest} */
export function parseCategories(given: readonly string[]): string[] {
  const unknown = given.find((category) => !known.includes(category));
  if (unknown !== undefined) {
    throw new InvalidRequest(
      `There is no trace category ${JSON.stringify(unknown.slice(0, 64))}; there are ${known.join(', ')}.`,
    );
  }
  return [...new Set([...needed, ...(given.length === 0 ? usual : given)])];
}
