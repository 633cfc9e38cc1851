import type { Capture } from '#contract';

/** What the captures are told apart by: their instances, and where two are of one instance, their time or their number. */
export function partNames(
  captures: readonly Pick<Capture, 'instanceName' | 'requestedAt'>[],
  momentOf: (requestedAt: string) => string,
): string[] {
  const taken = new Map<string, number>();
  const isShared = (name: string) => captures.filter(({ instanceName }) => instanceName === name).length > 1;
  return captures.map(({ instanceName, requestedAt }) => {
    const name = isShared(instanceName) ? `${instanceName}, ${momentOf(requestedAt)}` : instanceName;
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
