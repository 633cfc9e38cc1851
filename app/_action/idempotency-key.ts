/**
 * Names one intention of one person: however often it is sent, it is done once. Not `crypto.randomUUID`, which a page
 * served without TLS does not have.
 */
export function mintIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
