import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import type { HeapAnswer, HeapQuery } from '#profile/heap/query/heap-query.ts';
import type { FromChild, OpenedFrom, SnapshotFile } from '../../server/heap/child-messages.ts';
import { HeapChild } from '../../server/heap/heap-child.ts';
import { readPeakResidentBytes } from '../harness/process-figures.ts';

/** More than the server would ever give: what it takes is measured. */
const LIMIT_BYTES = 12 * 2 ** 30;

/** A file that nobody has hashed: its index is told apart by its path. */
export const snapshotFile = (artifactPath: string, sizeBytes: number): SnapshotFile => ({
  artifactPath,
  sha256: '0'.repeat(64),
  sizeBytes,
  indexPath: join(dirname(artifactPath), 'indexes', 'reference.index'),
});

type Heard = FromChild | { readonly told: 'end'; readonly how: string };

/** The process in which the server opens a snapshot, with nobody else between. */
export class ServerChild implements AsyncDisposable {
  readonly #child: HeapChild;
  readonly #hearers = new Set<(message: Heard) => void>();
  #question = 0;

  constructor(file: SnapshotFile) {
    const directory = dirname(file.artifactPath);
    const indexDirectory = dirname(file.indexPath);
    const programDirectory = join(directory, 'program');
    for (const made of [indexDirectory, programDirectory]) mkdirSync(made, { recursive: true });
    const hear = (message: Heard) => {
      for (const hearer of this.#hearers) hearer(message);
    };
    this.#child = new HeapChild({
      artifactDirectory: directory,
      indexDirectory,
      programDirectory,
      niceness: 0,
      log: pino({ level: 'silent' }),
      onMessage: hear,
      onEnd: (how) => hear({ told: 'end', how }),
    });
  }

  get peakBytes(): number {
    return readPeakResidentBytes(this.#child.pid ?? 0);
  }

  async open(file: SnapshotFile): Promise<OpenedFrom> {
    const opened = this.#hear('opened');
    this.#child.tell({ tell: 'open', file, limitBytes: LIMIT_BYTES });
    return (await opened).from;
  }

  /** To be called before `open`: resolves once the index is written, which follows the opening, or is not to be. */
  async indexDone(refused: string | null = null): Promise<string> {
    await this.#hear('index-wanted');
    const done = this.#hear('index');
    this.#child.tell({ tell: 'index-room', refused });
    return (await done).state;
  }

  async ask<Query extends HeapQuery>(query: Query): Promise<HeapAnswer<Query>> {
    const answered = this.#hear('answer');
    this.#child.tell({ tell: 'ask', question: ++this.#question, query });
    return (await answered).answer as unknown as HeapAnswer<Query>;
  }

  /** @throws {Error} when it says that it cannot, or ends */
  #hear<Told extends FromChild['told']>(told: Told): Promise<FromChild & { readonly told: Told }> {
    return new Promise((resolve, reject) => {
      const hear = (message: Heard) => {
        if (message.told === told) resolve(message as FromChild & { readonly told: Told });
        else if (message.told === 'end')
          reject(new Error(`The process of the snapshot ended: ${message.how}`));
        else if (message.told === 'refused' || message.told === 'no-answer')
          reject(new Error(message.message));
        else return;
        this.#hearers.delete(hear);
      };
      this.#hearers.add(hear);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#hearers.clear();
    await this.#child.kill();
  }
}
