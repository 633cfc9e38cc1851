import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A secret of the planted service: where it was put, and what there is to find of it. */
export interface PlantedSecret {
  place: string;
  parts: string[];
}

/** Has a service of so many secrets write its own heap snapshot. */
export function plantSecrets(node: string, snapshotPath: string, count: number): PlantedSecret[] {
  const script = fileURLToPath(new URL('plant-secrets.mjs', import.meta.url));
  const printed = execFileSync(node, [script, snapshotPath, String(count)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  return JSON.parse(printed) as PlantedSecret[];
}

/** Those of which any part stands in the file, as it is or in any of the ways in which JSON may write it. */
export function findSecrets(file: Buffer, secrets: readonly PlantedSecret[]): PlantedSecret[] {
  return secrets.filter(({ parts }) =>
    parts.some((part) => waysToWrite(part).some((way) => file.includes(way))),
  );
}

function waysToWrite(text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  const slashed = escaped.replaceAll('/', '\\/');
  const ways = [escaped, slashed].flatMap((way) => [way, escapeAll(way, false), escapeAll(way, true)]);
  return [...new Set([text, ...ways])];
}

function escapeAll(text: string, inCapitals: boolean): string {
  const controls = text.replaceAll('\\t', '\\u0009');
  return controls.replace(/[\u0080-\uffff]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${inCapitals ? code.toUpperCase() : code}`;
  });
}
