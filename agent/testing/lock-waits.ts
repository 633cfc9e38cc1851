import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import type { DescribeResponse } from '../../proto/gen/opscenter/v1/agent_pb.ts';
import { CaptureKind } from '../../proto/gen/opscenter/v1/capture_pb.ts';

/**
 * A lock profile in lines, "Wallet: bet behind settle", in order and each once: without the numbers of libraries' locks, and
 * without what was under way already.
 */
export function lockWaits(bytes: Uint8Array): string[] {
  const { sample, location, function: functions, stringTable } = Profile.decode(gunzipSync(bytes));
  const text = (index: number | bigint) => stringTable.strings[Number(index)] ?? '';
  const nameOf = (id: number | bigint | undefined) => {
    const line = location.find((one) => Number(one.id) === Number(id))?.line[0];
    return text(functions.find((one) => Number(one.id) === Number(line?.functionId))?.name ?? 0);
  };
  const waits = sample
    .filter(({ value }) => Number(value[0]) > 0)
    .map(({ locationId, label }) => {
      const lock = text(label.find(({ key }) => text(key) === 'lock')?.str ?? 0);
      return `${lock.replace(/ \d+ \(.*/, '')}: ${nameOf(locationId[2])} behind ${nameOf(locationId[0])}`;
    });
  return [...new Set(waits)].filter((wait) => !wait.includes('(')).sort();
}

/** What an instance says of its captures of locks. */
export function lockRemarksOf({ captures }: DescribeResponse): string {
  const capability = captures.find(({ kind }) => kind === CaptureKind.LOCK);
  return capability?.remarks.join(' ') || (capability?.unavailableReason ?? '');
}
