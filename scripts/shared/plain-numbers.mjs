import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import makeWabt from 'wabt';
import { ROOT } from './root.mjs';

const folder = join(ROOT, 'profile/heap/reader/plain-numbers');
export const PLAIN_NUMBERS_MODULE = join(folder, 'plain-numbers-module.ts');
const LINE_LENGTH = 104;

/** The TypeScript that carries the WebAssembly of plain-numbers.wat. @throws the compiler's words for what is wrong in it */
export async function buildPlainNumbers() {
  const name = 'plain-numbers.wat';
  const wabt = await makeWabt();
  const parsed = wabt.parseWat(name, readFileSync(join(folder, name), 'utf8'), { simd: true });
  try {
    parsed.validate({ simd: true });
    const base64 = Buffer.from(parsed.toBinary({}).buffer).toString('base64');
    const lines = base64.match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
    const head = `// Made by scripts/build-plain-numbers.mjs of ${name}.`;
    return `${head}\nexport const PLAIN_NUMBERS_MODULE = \`\n${lines.join('\n')}\n\`;\n`;
  } finally {
    parsed.destroy();
  }
}
