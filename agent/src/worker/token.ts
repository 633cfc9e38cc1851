import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AgentRefused } from '../errors.ts';
import type { TokenSource } from '../thread-contract.ts';

/** The secret that agents and server know each other by, in both directions. */
export class Token {
  readonly #source: TokenSource;
  #value: string | undefined;
  #digest: Buffer | undefined;

  constructor(source: TokenSource) {
    this.#source = source;
    if (source.kind === 'value') this.#take(source.token);
  }

  /**
   * The token as it is now; a file is read again.
   *
   * @throws {AgentRefused} no-token
   */
  async load(): Promise<string> {
    if (this.#source.kind === 'file') this.#take(await readToken(this.#source.path));
    if (this.#value === undefined) throw new AgentRefused('no-token', 'No token is set.');
    return this.#value;
  }

  /** Takes the same time whatever is offered. False as long as no token was loaded. */
  matches(offered: string): boolean {
    return this.#digest !== undefined && timingSafeEqual(this.#digest, digestOf(offered));
  }

  #take(value: string): void {
    this.#value = value;
    this.#digest = digestOf(value);
  }
}

async function readToken(path: string): Promise<string> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AgentRefused(
      'no-token',
      `The token file ${path} (OPSCENTER_TOKEN_FILE) cannot be read: ${code}.`,
    );
  }
  if (!/^[\x21-\x7e]{1,1024}$/.test(text)) {
    throw new AgentRefused('no-token', `The token file ${path} (OPSCENTER_TOKEN_FILE) holds no token.`);
  }
  return text;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
