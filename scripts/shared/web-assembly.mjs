import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import makeWabt from 'wabt';
import { ROOT } from './root.mjs';

const LINE_LENGTH = 104;

/** Every text of WebAssembly, and the TypeScript that carries what is made of it. */
export const WEB_ASSEMBLY = ['plain-rows', 'plain-texts'].map((name) => {
  const file = join(ROOT, 'profile/heap/reader', name, name);
  return { text: `${file}.wat`, module: `${file}-module.ts` };
});

/** The TypeScript that carries the WebAssembly of a text. @throws the compiler's words for what is wrong in it */
export async function buildModule(text) {
  const name = basename(text);
  const wabt = await makeWabt();
  const parsed = wabt.parseWat(name, readFileSync(text, 'utf8'), { simd: true });
  try {
    parsed.validate({ simd: true });
    const base64 = Buffer.from(parsed.toBinary({}).buffer).toString('base64');
    const lines = base64.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
    const constant = `${basename(text, '.wat').replaceAll('-', '_').toUpperCase()}_MODULE`;
    const head = `// Made by scripts/build-web-assembly.mjs of ${name}.`;
    return `${head}\nexport const ${constant} = \`\n${lines.join('\n')}\n\`;\n`;
  } finally {
    parsed.destroy();
  }
}
