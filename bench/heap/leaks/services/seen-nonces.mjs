import { randomBytes } from 'node:crypto';

/** Every nonce that was ever used is remembered, so that none is used twice. */
export const leak = {
  pilesUp: ['(string)', 'string'],
  keptIn: /(^|\.)seenNonces$/,
};

const seenNonces = new Set();

export function isFresh(nonce) {
  if (seenNonces.has(nonce)) return false;
  seenNonces.add(nonce);
  return true;
}

export function serve(_background, share) {
  for (let count = 0; count < 108_661 * share; count++) isFresh(randomBytes(32).toString('hex'));
}
