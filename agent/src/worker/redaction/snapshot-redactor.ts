import { CaptureFailure } from '../../errors.ts';
import { BitSet } from './bit-set.ts';
import { LayoutSection } from './layout-section.ts';
import { ascii, isWhitespace, Malformed, type Section } from './malformed.ts';
import { NumberTree } from './number-tree.ts';
import { type Findings, RowSection } from './row-section.ts';
import { StringSection } from './string-section.ts';

const mostKeyBytes = 64;
/** V8 knows eight. */
const mostSections = 32;

/** What the redaction has read. */
export interface RedactionFacts {
  nodeCount: number;
  edgeCount: number;
  stringCount: number;
  /** Strings that something stands in place of. */
  redactedCount: number;
}

type Place = 'before' | 'first-key' | 'key' | 'in-key' | 'colon' | 'section' | 'behind' | 'end';

/**
 * Takes the contents of strings out of a V8 heap snapshot while it passes, in chunks cut anywhere. What comes before the
 * table of strings passes byte for byte: it only says which of them are names. In the table, the last section, names stay
 * and contents become their length. Holds a bit a string and one a node's id, whatever the size of the file.
 */
export class SnapshotRedactor {
  readonly #findings: Findings = { names: new BitSet(), contentIds: new BitSet(), greatestString: -1 };
  readonly #layout = new LayoutSection();
  readonly #strings = new StringSection(this.#findings);
  readonly #rows = new Map<string, RowSection>();
  readonly #seen = new Set<string>();
  #place: Place = 'before';
  #key = '';
  #section: Section | undefined;
  #position = 0;

  get facts(): RedactionFacts {
    return {
      nodeCount: this.#rows.get('nodes')?.rows ?? 0,
      edgeCount: this.#rows.get('edges')?.rows ?? 0,
      stringCount: this.#strings.count,
      redactedCount: this.#strings.redactedCount,
    };
  }

  /**
   * Takes a chunk and returns what is to be passed on so far. That may be the chunk's own memory.
   *
   * @throws {CaptureFailure} recorder-failed, when it is no heap snapshot; names the byte and the section
   */
  push(bytes: Uint8Array): Uint8Array[] {
    const passed: Uint8Array[] = [];
    try {
      for (let at = 0; at < bytes.length; ) at = this.#step(bytes, at, passed);
    } catch (error) {
      throw error instanceof Malformed ? this.#failure(error.index, error.message) : error;
    }
    this.#position += bytes.length;
    return passed;
  }

  /**
   * To be called when there are no more chunks.
   *
   * @throws {CaptureFailure} recorder-failed, when the snapshot is not whole
   */
  end(): Uint8Array[] {
    if (this.#place !== 'end') throw this.#failure(0, 'the file ends too early');
    return [];
  }

  /** Reads on from the index, and returns the index behind what was read. */
  #step(bytes: Uint8Array, at: number, passed: Uint8Array[]): number {
    if (this.#place !== 'section') {
      const next = this.#between(bytes, at);
      passed.push(bytes.subarray(at, next));
      return next;
    }
    const section = this.#section;
    if (!section) throw new Malformed(at, 'there is no such section');
    const next = section.read(bytes, at);
    if (section === this.#strings) passed.push(...this.#strings.take());
    else passed.push(bytes.subarray(at, next));
    if (section.isDone) this.#endSection(next - 1);
    return next;
  }

  #between(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length && this.#place !== 'section'; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#place === 'in-key') this.#inKey(byte, at);
      else if (!isWhitespace(byte)) this.#place = this.#after(byte, at);
    }
    return at;
  }

  #after(byte: number, at: number): Place {
    const place = this.#place;
    if (place === 'before' && byte === ascii.openBrace) return 'first-key';
    if ((place === 'key' || place === 'first-key') && byte === ascii.quote) {
      this.#key = '';
      return 'in-key';
    }
    if (place === 'colon' && byte === ascii.colon) {
      this.#section = this.#open(this.#key, at);
      return 'section';
    }
    if (place === 'behind' && byte === ascii.comma && !this.#strings.isDone) return 'key';
    if (place === 'behind' && byte === ascii.closeBrace && this.#strings.isDone) return 'end';
    throw new Malformed(at, 'this is no heap snapshot');
  }

  #inKey(byte: number, at: number): void {
    if (byte === ascii.quote) this.#place = 'colon';
    else if (this.#key.length === mostKeyBytes) throw new Malformed(at, 'this is the name of no section');
    else this.#key += String.fromCharCode(byte);
  }

  /** Of a section that is not known nothing passes but numbers: strings that it refers to are contents. */
  #open(key: string, at: number): Section {
    if (this.#seen.size === mostSections) throw new Malformed(at, 'there are too many sections');
    if (this.#seen.has(key)) throw new Malformed(at, 'the section is there twice');
    this.#seen.add(key);
    if (key === 'snapshot') return this.#layout;
    const layout = this.#layout.layout;
    if (!layout) throw new Malformed(at, 'the section comes before the description of the snapshot');
    if (key === 'strings') return this.#openStrings(at);
    const rows = key === 'nodes' || key === 'edges' ? layout[key] : layout.named.get(key);
    return rows ? this.#openRows(key, new RowSection(rows, this.#findings)) : new NumberTree();
  }

  #openRows(key: string, section: RowSection): RowSection {
    this.#rows.set(key, section);
    return section;
  }

  #openStrings(at: number): Section {
    const { nodeCount = 0, edgeCount = 0 } = this.#layout.layout ?? {};
    const { facts } = this;
    if (facts.nodeCount !== nodeCount || facts.edgeCount !== edgeCount) {
      const found = `${facts.nodeCount} nodes and ${facts.edgeCount} edges`;
      throw new Malformed(at, `${found} came before it where ${nodeCount} and ${edgeCount} were announced`);
    }
    return this.#strings;
  }

  #endSection(at: number): void {
    if (this.#section === this.#strings && this.#findings.greatestString >= this.#strings.count) {
      throw new Malformed(
        at,
        `there is no string ${this.#findings.greatestString}, which something is named by`,
      );
    }
    this.#section = undefined;
    this.#place = 'behind';
  }

  #failure(index: number, what: string): CaptureFailure {
    const section = this.#key === '' ? 'the beginning' : `section "${this.#key}"`;
    return new CaptureFailure(
      'recorder-failed',
      `The heap snapshot cannot be redacted: at byte ${this.#position + index}, in ${section}: ${what}.`,
    );
  }
}
