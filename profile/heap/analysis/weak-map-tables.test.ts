import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeapMemory } from '../memory/heap-memory.ts';
import type { HeapGraph } from '../model/heap-graph.ts';
import { ByteStrings } from '../reader/byte-strings.ts';
import { tableOfName } from './weak-map-edge-name.ts';
import { WeakMapTables } from './weak-map-tables.ts';

const nameOf = (table: string) =>
  `7 / part of key (Key @1) -> value (Value @3) pair in WeakMap (table @${table})`;
const anyName = fc.oneof(
  fc.constantFrom('5', '05', '6', '7', '4294967295', '4294967296', '99999999999999999999').map(nameOf),
  // Ends like one, and is none.
  fc.constantFrom('5', '6').map((id) => `7 / part of key (Key @1) -> other (table @${id})`),
  fc.constantFrom('', ')', '5)', '5', 'Key @5)', `x${nameOf('5')}`, nameOf('5').repeat(200)),
);

describe('the tables of WeakMaps', () => {
  test('are those that names say, whoever asks first and however often', () => {
    const ids = Uint32Array.of(1, 5, 6, 7, 0xffff_fffe, 0xffff_ffff);
    fc.assert(
      fc.property(
        fc.array(anyName, { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
        (names, asked) => {
          const encoded = names.map((name) => new TextEncoder().encode(name));
          const start = Uint32Array.from([0, ...encoded.keys()].keys());
          encoded.forEach((bytes, name) => {
            start[name + 1] = (start[name] as number) + bytes.length;
          });
          const strings = new ByteStrings(Uint8Array.from(encoded.flatMap((bytes) => [...bytes])), start);
          const memory = new HeapMemory();
          const tables = new WeakMapTables({ strings, nodes: { id: ids } } as unknown as HeapGraph, memory);
          for (const [some, other] of asked) {
            const [name, node] = [some % names.length, other % ids.length];
            const id = tableOfName(strings, name);
            // The largest id of all is nobody's.
            const expected = id !== undefined && id < 0xffff_ffff && id === ids[node];
            expect(tables.isOf(name, node)).toBe(expected);
          }
          tables.release();
          expect(memory.usedBytes).toBe(0);
        },
      ),
    );
  });
});
