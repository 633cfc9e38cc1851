/** Whether a release lies in the range, its ends included in both: "3.4" to "3.14" has 3.4.0 and 3.14.9. Pre-releases do not. */
export function isBetween(version: string, oldest: string, newest: string): boolean {
  const match = /^(\d+)\.(\d+)\.\d+$/.exec(version);
  if (!match) return false;
  const minor = toNumber(match[1], match[2]);
  return minor >= toNumber(...split(oldest)) && minor <= toNumber(...split(newest));
}

const split = (minor: string) => minor.split('.') as [string, string];

const toNumber = (major: string | undefined, minor: string | undefined) =>
  Number(major) * 1e6 + Number(minor);
