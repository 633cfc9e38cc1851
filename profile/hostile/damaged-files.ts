import { type HostileFile, numbersFrom, packed } from './hostile-file.ts';
import { soundFiles } from './sound-files.ts';

type Damage = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;

const DAMAGES: Readonly<Record<string, Damage>> = {
  'cut-in-half': (bytes) => bytes.slice(0, bytes.length >> 1),
  'cut-at-the-end': (bytes) => bytes.slice(0, -1),
  'without-its-beginning': (bytes) => bytes.slice(9),
  'with-a-bit-flipped': (bytes) => changed(bytes, (copy) => flip(copy, bytes.length >> 1)),
  'with-bits-flipped': (bytes) =>
    changed(bytes, (copy) => {
      const next = numbersFrom(bytes.length);
      for (let bit = 0; bit < 12; bit++) flip(copy, Math.floor(next() * copy.length));
    }),
  'with-noise': (bytes) =>
    changed(bytes, (copy) => {
      const next = numbersFrom(bytes.length + 1);
      for (let at = copy.length >> 2; at < (copy.length >> 2) + 32; at++)
        copy[at % copy.length] = next() * 256;
    }),
  'with-a-byte-order-mark': (bytes) => joined(Uint8Array.of(0xef, 0xbb, 0xbf), bytes),
  'in-utf-16': (bytes) =>
    joined(Uint8Array.of(0xff, 0xfe), Uint8Array.from([...bytes].flatMap((byte) => [byte, 0]))),
  twice: (bytes) => joined(bytes, bytes),
  'with-zeros-behind': (bytes) => joined(bytes, new Uint8Array(4096)),
  'packed-and-cut': async (bytes) => (await packed(bytes)).slice(0, -9),
  'packed-with-a-wrong-sum': async (bytes) =>
    changed(await packed(bytes), (copy) => flip(copy, copy.length - 6)),
  'packed-twice': async (bytes) => packed(await packed(bytes)),
};

/** Each sound file in each way in which files come to harm. */
export async function damagedFiles(): Promise<readonly HostileFile[]> {
  const files = soundFiles().flatMap(({ name, bytes }) =>
    Object.entries(DAMAGES).map(async ([what, damage]) => {
      const [stem = '', ...endings] = name.split('.');
      const ending = what.startsWith('packed') ? [...endings, 'gz'] : endings;
      return { name: `${stem.replace('sound', what)}.${ending.join('.')}`, bytes: await damage(bytes) };
    }),
  );
  return await Promise.all(files);
}

function flip(bytes: Uint8Array, at: number): void {
  bytes[at] = (bytes[at] as number) ^ (1 << (at % 8));
}

function changed(
  bytes: Uint8Array<ArrayBuffer>,
  change: (copy: Uint8Array) => void,
): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  change(copy);
  return copy;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
