import { HOSTILE_NAMES, type HostileFile, TOO_DEEP, textFile } from './hostile-file.ts';

export function hostileStacks(): readonly HostileFile[] {
  const named = Object.entries(HOSTILE_NAMES).map(([what, name]) =>
    textFile(`name-of-${what}.folded`, `main;${name};leaf 5\n`),
  );
  const wide = Array.from({ length: 20_000 }, (_, index) => `main;f${index} (${index}.js:${index}) 1`);
  return [
    ...named,
    textFile('count-that-is-negative.folded', 'main;a 5\nmain;b -5\n'),
    textFile('count-that-is-none.folded', 'main;a 5\nmain;b NaN\n'),
    textFile('count-that-is-missing.folded', 'main;a 5\nmain;b\n'),
    textFile('count-beyond-doubles.folded', `main;a 5\nmain 1${'0'.repeat(300)}\n`),
    textFile('count-that-is-infinite.folded', 'main;a 5\nmain 1e999\n'),
    textFile('semicolons-only.folded', `${';'.repeat(100_000)} 5\n`),
    textFile('stack-without-end.folded', `${'f;'.repeat(TOO_DEEP)}leaf 5\n`),
    textFile('brackets-without-end.folded', `${'a ('.repeat(100_000)} 5\n`),
    textFile('places-without-end.folded', `f (${'a:1:'.repeat(1000)}b) 5\n`),
    textFile('old-line-ends.folded', 'main;a 5\rmain;b 6\r'),
    textFile('twenty-thousand-functions.folded', wide.join('\n')),
    textFile('comments-only.folded', '# a\n# b\n'),
  ];
}
