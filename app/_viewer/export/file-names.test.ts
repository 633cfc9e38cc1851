import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportedName } from './file-names.ts';

describe('the name of an exported file', () => {
  test('is that of the file it shows, with an ending of its own', () => {
    expect(exportedName('user-service-1.cpuprofile', '', 'png')).toBe('user-service-1.png');
    expect(exportedName('lobby.pb.gz', 'callers', 'svg')).toBe('lobby-callers.svg');
    expect(exportedName('trace.speedscope.json', '', 'speedscope')).toBe('trace.speedscope.json');
    expect(exportedName('a.b.heapprofile', 'enc', 'pprof')).toBe('a.b-enc.pb.gz');
  });

  test('is one that every system takes, whatever the file and the function are called', () => {
    expect(exportedName('../../etc/passwd', '<b>"x"</b>', 'collapsed')).toBe(
      'etc-passwd-b-x-b.collapsed.txt',
    );
    expect(exportedName('', '', 'pprof')).toBe('profile.pb.gz');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (name, part) => {
        const written = exportedName(name, part, 'png');
        expect(written).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*\.png$/u);
        expect(written.length).toBeLessThan(220);
      }),
    );
  });
});
