import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from './canonical-json.ts';

/** How far the chain had come at some moment, signed. */
export interface SignedHead {
  sequence: number;
  hash: string;
  at: string;
}

export interface ReadHeads {
  /** Oldest first. */
  heads: SignedHead[];
  /** The sentence about the first line that nobody with the key has written. */
  forged: string | undefined;
}

const KEY_FILE = 'key';
const HEADS_FILE = 'heads.jsonl';
/** Older ones say nothing that newer ones do not. */
const KEPT_HEADS = 5000;

/**
 * The second place: heads of the chain in a file outside the database, signed with a key that is not in the
 * database either. A chain alone cannot show that its end was cut off or that all of it was written anew.
 */
export class SignedHeads {
  readonly #file: string;
  readonly #key: Buffer;
  /** The key was made at this start. */
  readonly isNew: boolean;

  private constructor(file: string, key: Buffer, isNew: boolean) {
    this.#file = file;
    this.#key = key;
    this.isNew = isNew;
  }

  static async open(dataDirectory: string): Promise<SignedHeads> {
    const directory = headsDirectory(dataDirectory);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const heads = await SignedHeads.find(dataDirectory);
    if (heads) {
      await heads.#trim();
      return heads;
    }
    const key = randomBytes(32);
    await writeFile(join(directory, KEY_FILE), `${key.toString('hex')}\n`, { mode: 0o600 });
    return new SignedHeads(join(directory, HEADS_FILE), key, true);
  }

  /** To be read alone: nothing is made or trimmed. undefined when there is no key to check them with. */
  static async find(dataDirectory: string): Promise<SignedHeads | undefined> {
    const directory = headsDirectory(dataDirectory);
    const key = await findKey(directory);
    return key && new SignedHeads(join(directory, HEADS_FILE), key, false);
  }

  /** On the disk when it answers. */
  async write(head: SignedHead): Promise<void> {
    const handle = await open(this.#file, 'a', 0o600);
    try {
      await handle.write(`${JSON.stringify({ ...head, signature: this.#sign(head) })}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async read(): Promise<ReadHeads> {
    const heads: SignedHead[] = [];
    for (const [index, line] of (await this.#lines()).entries()) {
      const head = this.#check(line);
      if (!head)
        return { heads, forged: `line ${index + 1} of the signed heads does not bear our signature` };
      heads.push(head);
    }
    return { heads, forged: undefined };
  }

  #check(line: string): SignedHead | undefined {
    try {
      const { sequence, hash, at, signature } = JSON.parse(line) as SignedHead & { signature: string };
      const expected = Buffer.from(this.#sign({ sequence, hash, at }), 'hex');
      const given = Buffer.from(signature, 'hex');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return { sequence, hash, at };
    } catch {
      return undefined;
    }
  }

  #sign(head: SignedHead): string {
    return createHmac('sha256', this.#key)
      .update(canonicalJson({ sequence: head.sequence, hash: head.hash, at: head.at }))
      .digest('hex');
  }

  /** Whole lines only: a process that was killed while writing leaves half of one. */
  async #lines(): Promise<string[]> {
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
  }

  /** Drops half a line, and the oldest beyond the number kept. */
  async #trim(): Promise<void> {
    const lines = await this.#lines();
    if (lines.length === 0) return;
    await writeFile(this.#file, `${lines.slice(-KEPT_HEADS).join('\n')}\n`, { mode: 0o600 });
  }
}

function headsDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'audit-heads');
}

async function findKey(directory: string): Promise<Buffer | undefined> {
  const found = (await readFile(join(directory, KEY_FILE), 'utf8').catch(() => '')).trim();
  return /^[0-9a-f]{64}$/.test(found) ? Buffer.from(found, 'hex') : undefined;
}
