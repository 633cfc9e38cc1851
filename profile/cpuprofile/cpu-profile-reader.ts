import { ProfileShapeError } from '../errors.ts';
import { JsonTokenizer } from '../json/json-tokenizer.ts';
import { frameKindOf, ROOT_NAME } from '../model/frame-kind.ts';
import { DEFAULT_LIMITS, type FunctionTable, type Profile, type ProfileLimits } from '../model/profile.ts';
import { CpuProfileSink } from './cpu-profile-sink.ts';
import { toDepthFirstNodes } from './depth-first-nodes.ts';
import { toFileTree } from './file-tree.ts';
import { toNodeRows } from './node-rows.ts';
import { RawCpuProfile } from './raw-cpu-profile.ts';
import { toTimedSamples } from './sample-table.ts';

/**
 * Reads V8's `.cpuprofile` as it arrives: `push` every chunk of the file (4–8 MB each is best), then `end`. Both throw a
 * `ProfileError` with a sentence for a file that is corrupt, cut off, inconsistent or too large; the reader is of no use
 * after that.
 */
export class CpuProfileReader {
  readonly #raw: RawCpuProfile;
  readonly #tokenizer: JsonTokenizer;
  readonly #limits: ProfileLimits;

  constructor(limits: Partial<ProfileLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
    this.#raw = new RawCpuProfile(this.#limits);
    this.#tokenizer = new JsonTokenizer(
      new CpuProfileSink(this.#raw, this.#limits),
      this.#limits.maxStringBytes,
    );
  }

  push(chunk: Uint8Array): void {
    this.#tokenizer.push(chunk);
  }

  end(): Profile {
    this.#tokenizer.end();
    const raw = this.#raw;
    if (!raw.hasNodes) throw new ProfileShapeError('nodes', 'is missing');
    if (!raw.hasSamples) throw new ProfileShapeError('samples', 'is missing');
    if (!raw.hasTimeDeltas) throw new ProfileShapeError('timeDeltas', 'is missing');
    const rootFunction = internRoot(raw);
    const rows = toNodeRows(raw.nodeId.finish());
    const functionOfRow = raw.nodeFunction.finish();
    const tree = toFileTree(raw, rows);
    const { nodes, nodeOfRow } = toDepthFirstNodes(tree, functionOfRow, rootFunction, this.#limits.maxDepth);
    const strings = raw.strings.toStrings();
    return {
      strings,
      functions: toFunctionTable(raw, strings),
      nodes,
      ...toTimedSamples(raw, rows, nodeOfRow),
    };
  }
}

function internRoot(raw: RawCpuProfile): number {
  const name = new TextEncoder().encode(ROOT_NAME);
  const root = raw.strings.intern(name, 0, name.length);
  return raw.functions.intern(root, raw.strings.intern(name, 0, 0), 0, 0);
}

function toFunctionTable(raw: RawCpuProfile, strings: readonly string[]): FunctionTable {
  const { functions } = raw;
  const name = functions.column(0);
  const url = functions.column(1);
  const kind = new Uint8Array(functions.length);
  for (let func = 0; func < functions.length; func++) {
    kind[func] = frameKindOf(strings[name[func] as number] ?? '', strings[url[func] as number] ?? '');
  }
  return {
    length: functions.length,
    name,
    url,
    line: functions.column(2),
    column: functions.column(3),
    kind,
  };
}
