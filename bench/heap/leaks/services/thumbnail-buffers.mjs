/** Pictures of avatars, as they came, by address; addresses carry a version, so that none is asked for again. */
export const leak = {
  pilesUp: ['Buffer', 'FastBuffer', 'Uint8Array', 'ArrayBuffer', /ArrayBufferData/],
  keptIn: /(^|\.)thumbnails$/,
};

const thumbnails = new Map();

export function serve(_background, share) {
  for (let count = 0; count < 917 * share; count++)
    thumbnails.set(`/avatars/${count}?version=${thumbnails.size}`, Buffer.alloc(20_000, count % 251));
}
