import { describe, expect, onTestFinished, test } from 'vitest';
import { parseHostPort } from './host-port.ts';
import { type DiscoveredTarget, StaticSource } from './index.ts';

async function started(targets: string[]) {
  const found: DiscoveredTarget[] = [];
  const problems: (string | null)[] = [];
  const source = new StaticSource({
    targets: targets.flatMap((text) => parseHostPort(text) ?? []),
    networks: [],
  });
  const running = await source.start(
    {
      found: (target) => found.push(target),
      lost: () => {},
      alive: () => {},
      findRefusal: () => undefined,
      problem: (sentence) => problems.push(sentence),
    },
    new AbortController().signal,
  );
  onTestFinished(() => running[Symbol.asyncDispose]());
  return { found, problems };
}

describe('the static list', () => {
  test('reports what it names', async () => {
    const { found, problems } = await started(['127.0.0.1:7072', '[::1]:7073']);
    expect(found).toMatchObject([
      { key: '127.0.0.1:7072', host: '127.0.0.1', port: 7072, identity: undefined },
      { key: '[::1]:7073', host: '::1', port: 7073 },
    ]);
    expect(problems).toEqual([null]);
  });

  test('names what it may not dial, and dials the rest', async () => {
    const { found, problems } = await started(['192.0.2.1:7072', '127.0.0.1:7073']);
    expect(found.map((target) => target.port)).toEqual([7073]);
    expect(problems).toEqual([expect.stringContaining('192.0.2.1:7072 is not dialled')]);
  });
});

describe('host:port', () => {
  test.each(['', 'a', 'a:', ':1', 'a:0', 'a:65536', 'a b:1', '::1:80', 'a/../b:80', '[::1]'])(
    '%j is none',
    (text) => {
      expect(parseHostPort(text)).toBeUndefined();
    },
  );
});
