import { damagedFiles } from './damaged-files.ts';
import { hostileCpuProfiles } from './hostile-cpu-profiles.ts';
import { type HostileFile, packed } from './hostile-file.ts';
import { hostileHeapProfiles } from './hostile-heap-profiles.ts';
import { hostilePprofs } from './hostile-pprofs.ts';
import { hostileSpeedscopes } from './hostile-speedscopes.ts';
import { hostileStacks } from './hostile-stacks.ts';
import { hostileTraces } from './hostile-traces.ts';
import { otherFiles } from './other-files.ts';

/**
 * Files that are corrupt, or made to do harm: every format damaged in every way, and what each can be made to say. The same
 * bytes at every call. Some unpack to some thirty megabytes; none is larger than a few itself.
 */
export async function hostileFiles(): Promise<readonly HostileFile[]> {
  const plain = [
    ...hostileCpuProfiles(),
    ...hostileHeapProfiles(),
    ...hostilePprofs(),
    ...hostileStacks(),
    ...hostileSpeedscopes(),
    ...hostileTraces(),
    ...otherFiles(),
  ];
  return [...plain, ...(await damagedFiles()), ...(await bombs())];
}

const MEGABYTES = 1 << 20;

/** Small files that unpack to large ones. */
async function bombs(): Promise<HostileFile[]> {
  const filled = (head: string, byte: number, megabytes: number) => {
    const bytes = new Uint8Array(megabytes * MEGABYTES).fill(byte);
    new TextEncoder().encodeInto(head, bytes);
    return bytes;
  };
  const emptySamples = new Uint8Array(16 * MEGABYTES);
  for (let at = 0; at < emptySamples.length; at += 2) emptySamples[at] = 0x12;
  emptySamples.set([0x0a, 4, 0x08, 1, 0x10, 2]);
  return [
    {
      name: 'bomb-of-white-space.json.gz',
      bytes: await packed(filled('{"nodes":[{"callFrame":{}', 0x20, 32)),
    },
    { name: 'bomb-of-one-name.json.gz', bytes: await packed(filled('{"traceEvents":[{"name":"', 0x61, 32)) },
    { name: 'bomb-of-lists.json.gz', bytes: await packed(filled('{"profiles":[', 0x5b, 32)) },
    { name: 'bomb-of-one-line.folded.gz', bytes: await packed(filled('main;a 1\n', 0x61, 32)) },
    { name: 'bomb-of-one-stack.folded.gz', bytes: await packed(filled('main;a 1\n', 0x3b, 15)) },
    { name: 'bomb-of-nothing.pb.gz', bytes: await packed(filled('', 0, 32)) },
    { name: 'bomb-of-samples.pb.gz', bytes: await packed(emptySamples) },
    { name: 'bomb-in-a-bomb.gz', bytes: await packed(await packed(filled('', 0, 32))) },
  ];
}
