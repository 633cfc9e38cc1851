import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { agentErrorCodes } from '../../agent/src/errors.ts';
import { ACTION_FAILURE_CODES } from '../actions/part-failure.ts';
import { CAPTURE_FAILURE_CODES } from '../captures/capture-failure.ts';
import { ServerError } from '../errors.ts';
import * as httpErrors from './errors.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const documentation = readFileSync(`${ROOT}docs/errors.md`, 'utf8');

/** The first cell of every row, with the status where the table has one. */
const rows = [...documentation.matchAll(/^\| `([a-z0-9-]+)` \|(?: (\d{3}) \|)?/gm)].map(
  ([, code = '', status]) => ({
    code,
    status: status === undefined ? undefined : Number(status),
  }),
);

/** Every class of an error has its word as `readonly code = '…'`, and its status where it is answered over HTTP. */
function declaredIn(path: string) {
  const text = readFileSync(`${ROOT}${path}`, 'utf8');
  return [...text.matchAll(/readonly code = '([a-z0-9-]+)';(?:\s*readonly status = (\d{3});)?/g)].map(
    ([, code = '', status]) => ({ code, status: status === undefined ? undefined : Number(status) }),
  );
}

const declared = globSync('{server,platform,profile}/**/errors.ts', { cwd: ROOT }).flatMap(declaredIn);
const codes = new Set([
  ...declared.map(({ code }) => code),
  ...CAPTURE_FAILURE_CODES,
  ...ACTION_FAILURE_CODES,
  ...agentErrorCodes,
]);

describe('docs/errors.md', () => {
  it('explains every code that there is', () => {
    expect([...codes].filter((code) => !rows.some((row) => row.code === code))).toEqual([]);
  });

  it('explains no code that there is not', () => {
    expect(rows.map((row) => row.code).filter((code) => !codes.has(code))).toEqual([]);
  });

  it('explains each once', () => {
    const seen = rows.map((row) => row.code);
    expect(seen.filter((code, i) => seen.indexOf(code) !== i)).toEqual([]);
  });

  it('tells the status that is answered', () => {
    for (const row of rows.filter(({ status }) => status !== undefined)) {
      expect(declared).toContainEqual(row);
    }
  });
});

describe('a code', () => {
  it('belongs to one class of the server', () => {
    const all = declared.map(({ code }) => code);
    expect(all.filter((code, i) => all.indexOf(code) !== i)).toEqual([]);
  });

  it('comes with the base class, so that it is answered as what it is', () => {
    for (const situation of Object.values(httpErrors)) {
      expect(situation.prototype).toBeInstanceOf(ServerError);
    }
  });
});
