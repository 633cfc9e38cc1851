import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explorerFromNodes } from '../text/explorer-from-text.ts';
import { anyStrings } from '../text/string-arbitraries.ts';

const page = { offset: 0, limit: 500 };
const strings = anyStrings(40);
/** V8 keeps the beginning alone of what is longer. */
const isShort = (text: string) => text.length < 1024;

describe('strings that were put together', () => {
  it('are found by a word wherever it stands in them, and by a pattern', () => {
    const word = fc.constantFrom('a', 'ab', 'ba', 'bb', 'lobby', 'byl', 'ä', '€𝄞', '/b.a/', '/^lob/');
    fc.assert(
      fc.property(strings, word, ({ nodes, texts }, filter) => {
        fc.pre(texts.every(isShort));
        // As for patterns everywhere, a dot is half of a character beyond 16 bits.
        const pattern = new RegExp(filter.startsWith('/') ? filter.slice(1, -1) : filter, 'i');
        const { explorer } = explorerFromNodes(nodes);
        const { rows } = explorer.answer({
          ask: 'objects',
          filter: filter.startsWith('/') ? `name:${filter}i` : `name:"${filter}"`,
          order: { by: 'id', descending: false },
          page,
        });
        const expected = texts.flatMap((text, place) =>
          place > 0 && pattern.test(text) ? [2 * place + 1] : [],
        );
        expect(rows.map(({ id }) => id)).toEqual(expected);
      }),
    );
  });

  it('are duplicates of all that say the same', () => {
    fc.assert(
      fc.property(strings, ({ nodes, texts }) => {
        fc.pre(texts.every(isShort));
        const { explorer } = explorerFromNodes(nodes);
        const { rows } = explorer.answer({ ask: 'duplicateStrings', filter: '', page });
        const expected = new Map<string, number>();
        for (const [place, text] of texts.entries()) {
          const parts = nodes[place]?.edges.map(({ to }) => nodes[to]) ?? [];
          // One of which a part is all is that part, made flat.
          if (place > 0 && !parts.some((part) => part?.type === 'string' && part.name === ''))
            expected.set(text, (expected.get(text) ?? 0) + 1);
        }
        const found = rows.map(({ text, count }) => `${count} × ${text}`);
        const repeated = [...expected].filter(([, count]) => count > 1);
        expect(found.sort()).toEqual(repeated.map(([text, count]) => `${count} × ${text}`).sort());
      }),
    );
  });
});
