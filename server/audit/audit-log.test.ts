import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AuditUnavailable } from '../errors.ts';
import { openStore } from '../store/index.ts';
import { silentLog } from '../testing/silent-log.ts';
import { temporaryDirectory } from '../testing/temp-directory.ts';
import { TestClock } from '../testing/test-clock.ts';
import { canonicalJson } from './canonical-json.ts';
import { AuditLog } from './index.ts';

async function openAudit(dataDirectory = temporaryDirectory(), keepOpen: ReadonlySet<number> = new Set()) {
  const clock = new TestClock();
  const store = await openStore({ dataDirectory, clock, log: silentLog });
  const audit = await AuditLog.open({ db: store.db, dataDirectory, keepOpen, clock, log: silentLog });
  const close = async () => {
    await audit[Symbol.asyncDispose]();
    await store.close();
  };
  onTestFinished(() => close().catch(() => {}));
  return { audit, store, clock, dataDirectory, close };
}

/** Someone with access to the file and no scruples. */
function tamper(dataDirectory: string, sql: string): void {
  const database = new DatabaseSync(join(dataDirectory, 'opscenter.db'));
  database.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_cut');
  database.exec(sql);
  database.close();
}

const act = (target: string) => ({
  actor: 'kim',
  action: 'capture.request',
  target,
  detail: { kind: 'cpu' },
});
const nothing = async () => {};

describe('an audited act', () => {
  test('has its intent on record before its effect runs, and its outcome after', async () => {
    const { audit } = await openAudit();
    const seen = await audit.run(act('lobby'), async () => (await audit.list({ limit: 10 })).entries);
    expect(seen).toMatchObject([{ phase: 'intent', result: null, actor: 'kim', target: 'lobby' }]);
    expect((await audit.list({ limit: 10 })).entries).toMatchObject([
      { sequence: 2, phase: 'outcome', intentSequence: 1, result: 'succeeded', actor: 'kim' },
      { sequence: 1, phase: 'intent', detail: { kind: 'cpu' } },
    ]);
  });

  test('that fails has the failure as its outcome, and throws it', async () => {
    const { audit } = await openAudit();
    const failing = audit.run(act('lobby'), () => Promise.reject(new Error('no such luck')));
    await expect(failing).rejects.toThrow('no such luck');
    const { entries } = await audit.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ result: 'failed', detail: { message: 'no such luck' } });
  });

  test('does not run when its intent cannot be written', async () => {
    const { audit, store } = await openAudit();
    await store.db.destroy();
    let ran = false;
    const refused = audit.run(act('lobby'), async () => {
      ran = true;
    });
    await expect(refused).rejects.toThrow(AuditUnavailable);
    expect(ran).toBe(false);
  });

  test('leaves no intent when what is written alongside fails', async () => {
    const { audit } = await openAudit();
    const refused = audit.intend(act('lobby'), () => Promise.reject(new Error('constraint')));
    await expect(refused).rejects.toThrow(AuditUnavailable);
    expect((await audit.list({ limit: 10 })).entries).toEqual([]);
  });

  test('whose outcome nobody saw is unknown from the next start', async () => {
    const first = await openAudit();
    const intent = await first.audit.intend(act('lobby'));
    await first.close();
    const second = await openAudit(first.dataDirectory);
    expect((await second.audit.list({ limit: 10 })).entries).toMatchObject([
      { phase: 'outcome', intentSequence: intent, result: 'unknown', action: 'capture.request' },
      { phase: 'intent', sequence: intent },
    ]);
    expect(await second.audit.verify()).toMatchObject({ verified: true, entries: 2 });
  });
});

describe('an act that goes on after a start', () => {
  test('is not settled by it, and has its outcome when it ends', async () => {
    const first = await openAudit();
    const goesOn = await first.audit.intend(act('bg-gate'));
    const lost = await first.audit.intend(act('lobby'));
    await first.close();
    const { audit } = await openAudit(first.dataDirectory, new Set([goesOn]));
    expect((await audit.list({ limit: 10 })).entries).toMatchObject([
      { phase: 'outcome', intentSequence: lost, result: 'unknown' },
      { phase: 'intent', sequence: lost },
      { phase: 'intent', sequence: goesOn },
    ]);
    await audit.conclude(goesOn, { result: 'unknown', detail: { reason: 'its instance died' } });
    const { entries } = await audit.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ intentSequence: goesOn, target: 'bg-gate', result: 'unknown' });
  });
});

describe('a search of the audit', () => {
  async function searched(...found: Parameters<AuditLog['run']>[0][]) {
    const { audit } = await openAudit();
    for (const act of found) await audit.run(act, nothing);
    const targets = async (query: object) =>
      (await audit.list({ limit: 10, ...query })).entries.map(({ target, phase }) => `${target} ${phase}`);
    return { audit, targets };
  }

  test('finds text in actor, action, target and detail, whatever its case', async () => {
    const { targets } = await searched(
      { ...act('bg-gate'), detail: { reason: 'OPS-812: nobody can "log in"' } },
      { ...act('lobby'), actor: 'lee', action: 'action.run' },
    );
    const gate = ['bg-gate outcome', 'bg-gate intent'];
    const lobby = ['lobby outcome', 'lobby intent'];
    expect(await targets({ search: 'ops-812' })).toEqual(gate);
    expect(await targets({ search: 'nobody can "log in"' })).toEqual(gate);
    expect(await targets({ search: 'ATE' })).toEqual(gate);
    expect(await targets({ search: 'lee' })).toEqual(lobby);
    expect(await targets({ search: 'action.' })).toEqual(lobby);
    expect(await targets({ search: 'nothing like it' })).toEqual([]);
    expect(await targets({ actor: 'lee' })).toEqual(lobby);
    expect(await targets({ actor: 'LEE' })).toEqual([]);
    expect(await targets({ action: 'action.run', search: 'lobby' })).toEqual(lobby);
    expect(await targets({ action: 'action' })).toEqual([]);
  });

  test('finds an act by its outcome alone, and the intent with it', async () => {
    const { audit } = await openAudit();
    await audit.run(act('lobby'), nothing);
    await audit.run(act('bg-gate'), () => Promise.reject(new Error('no such luck'))).catch(nothing);
    await audit.run(act('lobby'), nothing);
    const { entries } = await audit.list({ limit: 10, search: 'such luck' });
    expect(entries).toMatchObject([
      { phase: 'outcome', intentSequence: 3 },
      { phase: 'intent', sequence: 3 },
    ]);
  });

  test('takes every character for itself', async () => {
    const { targets } = await searched(act('100%'), act('100 of 100'), act('a_b'), act('aXb'), act('c\\d'));
    expect(await targets({ search: '100%' })).toEqual(['100% outcome', '100% intent']);
    expect(await targets({ search: 'a_b' })).toEqual(['a_b outcome', 'a_b intent']);
    expect(await targets({ search: '\\' })).toEqual(['c\\d outcome', 'c\\d intent']);
    expect(await targets({ search: "' OR 1=1 --" })).toEqual([]);
  });

  test('goes back to the beginning in pages, and no further than asked', { timeout: 60_000 }, async () => {
    const { audit, clock } = await openAudit();
    const intend = (target: string) => audit.intend(act(target));
    await intend('rare');
    await Promise.all(Array.from({ length: 2100 }, () => intend('common')));
    clock.advance(1000);
    const since = new Date(clock.now()).toISOString();
    await intend('rare');
    const first = await audit.list({ limit: 1, search: 'rare' });
    expect(first).toMatchObject({ entries: [{ sequence: 2102 }], nextBefore: 2102 });
    const second = await audit.list({ limit: 1, search: 'rare', before: 2102 });
    expect(second).toMatchObject({ entries: [{ sequence: 1 }], nextBefore: null });
    expect((await audit.list({ limit: 9, search: 'rare', since })).entries).toHaveLength(1);
    const gone = audit.list({ limit: 9, search: 'rare' }, AbortSignal.abort(new Error('gone')));
    await expect(gone).rejects.toThrow('gone');
  });
});

describe('the audit', () => {
  test('is listed in pages, newest first', async () => {
    const { audit } = await openAudit();
    for (let index = 0; index < 5; index++) await audit.intend(act(`target-${index}`));
    const first = await audit.list({ limit: 3 });
    expect(first.entries.map((entry) => entry.sequence)).toEqual([5, 4, 3]);
    expect(first.nextBefore).toBe(3);
    const second = await audit.list({ limit: 3, before: 3 });
    expect(second.entries.map((entry) => entry.sequence)).toEqual([2, 1]);
    expect(second.nextBefore).toBeNull();
  });

  test('keeps one chain under concurrent acts', async () => {
    const { audit } = await openAudit();
    await Promise.all(Array.from({ length: 40 }, (_, index) => audit.run(act(`target-${index}`), nothing)));
    expect(await audit.verify()).toMatchObject({ verified: true, entries: 80 });
  });

  test('cannot be changed or cut through the database', async () => {
    const { audit, store } = await openAudit();
    await audit.run(act('lobby'), nothing);
    await expect(store.db.updateTable('audit').set({ actor: 'lee' }).execute()).rejects.toThrow(
      'append-only',
    );
    await expect(store.db.deleteFrom('audit').execute()).rejects.toThrow('append-only');
  });

  test('keeps its key and heads for its owner alone', async () => {
    const { audit, dataDirectory } = await openAudit();
    await audit.run(act('lobby'), nothing);
    await audit[Symbol.asyncDispose]();
    for (const name of ['key', 'heads.jsonl']) {
      expect(statSync(join(dataDirectory, 'audit-heads', name)).mode & 0o777).toBe(0o600);
    }
  });
});

describe('verification', () => {
  test.each([
    ['a changed actor', "UPDATE audit SET actor = 'lee' WHERE sequence = 7", 7, 'was changed'],
    ['a changed detail', "UPDATE audit SET detail = '{}' WHERE sequence = 3", 3, 'was changed'],
    ['a detail that is no JSON', "UPDATE audit SET detail = '{' WHERE sequence = 3", 3, 'cannot be read'],
    ['a removed entry', 'DELETE FROM audit WHERE sequence = 5', 5, 'entry 5 is missing'],
    ['a cut end', 'DELETE FROM audit WHERE sequence > 14', 15, 'its end was cut off'],
    ['an end cut within an act', 'DELETE FROM audit WHERE sequence > 15', 17, 'its end was cut off'],
    ['everything deleted', 'DELETE FROM audit', 1, 'its end was cut off'],
    ['a replaced hash', "UPDATE audit SET hash = 'ab' WHERE sequence = 9", 9, 'was changed'],
    ['a moved time', 'UPDATE audit SET at = at + 1 WHERE sequence = 20', 20, 'was changed'],
  ])('finds %s', async (_what, sql, brokenAt, reason) => {
    const { audit, dataDirectory, close } = await openAudit();
    for (let index = 0; index < 10; index++) await audit.run(act(`target-${index}`), nothing);
    expect(await audit.verify()).toMatchObject({ verified: true, entries: 20 });
    await close();
    tamper(dataDirectory, sql);
    const reopened = await openAudit(dataDirectory);
    expect(await reopened.audit.verify()).toMatchObject({
      verified: false,
      brokenAt,
      reason: expect.stringContaining(reason),
    });
  });

  test('finds an audit that was written anew from its beginning', async () => {
    const forged = await openAudit();
    await forged.audit.run({ ...act('lobby'), actor: 'lee' }, nothing);
    await forged.close();
    const { audit, dataDirectory, close } = await openAudit();
    await audit.run(act('lobby'), nothing);
    await close();
    writeFileSync(
      join(dataDirectory, 'opscenter.db'),
      readFileSync(join(forged.dataDirectory, 'opscenter.db')),
    );
    const reopened = await openAudit(dataDirectory);
    expect(await reopened.audit.verify()).toMatchObject({
      verified: false,
      reason: expect.stringContaining('is not the one that was signed'),
    });
  });

  test('finds a forged head, and is not disturbed by one that was half written', async () => {
    const { audit, dataDirectory, close } = await openAudit();
    await audit.run(act('lobby'), nothing);
    await close();
    const heads = join(dataDirectory, 'audit-heads', 'heads.jsonl');
    appendFileSync(heads, '{"sequence":2,"ha');
    const reopened = await openAudit(dataDirectory);
    expect(await reopened.audit.verify()).toMatchObject({ verified: true });
    await reopened.close();
    writeFileSync(heads, readFileSync(heads, 'utf8').replace('"sequence":2', '"sequence":1'));
    expect(await (await openAudit(dataDirectory)).audit.verify()).toMatchObject({
      verified: false,
      reason: expect.stringContaining('signature'),
    });
  });

  test.each([
    ['a key that was taken away', 'key', 'audit.new-key'],
    ['heads that were taken away', 'heads.jsonl', 'audit.new-heads'],
    ['a key that was taken away with its heads', '.', 'audit.new-key'],
  ])('%s becomes an entry of the audit', async (_what, file, action) => {
    const { audit, dataDirectory, close } = await openAudit();
    await audit.run(act('lobby'), nothing);
    await close();
    rmSync(join(dataDirectory, 'audit-heads', file), { recursive: true });
    const reopened = await openAudit(dataDirectory);
    const { entries } = await reopened.audit.list({ limit: 1 });
    expect(entries[0]).toMatchObject({ action, actor: 'server' });
  });

  test('does not accuse anyone when the first server is killed before it has signed an entry', async () => {
    const first = await openAudit();
    await first.audit.run(act('lobby'), nothing);
    await first.store.close();
    const { audit } = await openAudit(first.dataDirectory);
    const { entries } = await audit.list({ limit: 10 });
    expect(entries.map((entry) => entry.action)).toEqual(['capture.request', 'capture.request']);
    expect(await audit.verify()).toMatchObject({ verified: true, entries: 2 });
  });

  test('leaves the event loop free', { timeout: 60_000 }, async () => {
    const { audit } = await openAudit();
    await Promise.all(Array.from({ length: 1500 }, (_, index) => audit.intend(act(`target-${index}`))));
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    expect(await audit.verify()).toMatchObject({ verified: true, entries: 1500 });
    clearInterval(counting);
    expect(turns).toBeGreaterThan(1);
  });
});

describe('canonical JSON', () => {
  test('spells a value in one way, whatever the order it was built in', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: 'ü' }], gone: undefined })).toBe(
      '{"a":[{"c":"ü","d":null}],"b":1}',
    );
    expect(() => canonicalJson({ size: 1n })).toThrow(TypeError);
    expect(() => canonicalJson({ size: Number.NaN })).toThrow(TypeError);
  });

  test('survives being read and spelled again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const spelled = canonicalJson(value);
        expect(canonicalJson(JSON.parse(spelled))).toBe(spelled);
      }),
    );
  });
});
