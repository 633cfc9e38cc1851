import { describe, expect, test } from 'vitest';
import { findPackage, ORIGIN, originOf } from './function-origin.ts';
import { FRAME_KIND } from './profile.ts';

describe('the origin of a function', () => {
  test.each([
    ['file:///srv/user-service/login.ts', 'own'],
    ['/srv/app/index.js', 'own'],
    ['evalmachine.<anonymous>', 'own'],
    ['file:///srv/node_modules/bcryptjs/index.js', 'package'],
    ['C:\\srv\\node_modules\\ws\\lib\\sender.js', 'package'],
    ['node:internal/timers', 'runtime'],
    ['wasm://wasm/8084a1ae', 'native'],
    ['', 'native'],
  ] as const)('of %s is %s', (url, origin) => {
    expect(originOf(url, FRAME_KIND.code)).toBe(ORIGIN[origin]);
  });

  test('of what V8 reports as a function is the state it stands for', () => {
    expect(originOf('', FRAME_KIND.idle)).toBe(ORIGIN.idle);
    expect(originOf('', FRAME_KIND.garbageCollector)).toBe(ORIGIN.garbageCollector);
    expect(originOf('', FRAME_KIND.program)).toBe(ORIGIN.native);
  });

  test('names the innermost package with its scope', () => {
    expect(findPackage('/a/node_modules/x/node_modules/@grpc/grpc-js/build/src/call.js')).toBe(
      '@grpc/grpc-js',
    );
    expect(findPackage('/a/node_modules/ws/lib/sender.js')).toBe('ws');
    expect(findPackage('/a/src/app.js')).toBeUndefined();
  });
});
