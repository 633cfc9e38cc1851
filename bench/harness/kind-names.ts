import { CaptureKind } from '#proto/gen/opscenter/v1/capture_pb.ts';

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(CaptureKind).map(([name, kind]) => [kind, name.toLowerCase()]),
);

/** "cpu". */
export function nameOfKind(kind: CaptureKind): string {
  return NAMES.get(kind) ?? `kind ${kind}`;
}
