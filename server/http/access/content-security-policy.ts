import { randomBytes } from 'node:crypto';

/** A value that scripts of this one response carry, and no injected one can know. */
export function makeNonce(): string {
  return randomBytes(16).toString('base64');
}

/**
 * Scripts run with the nonce of the response or when one of those loads them. Style attributes are allowed, since charts
 * place things with them and they run nothing; style elements need the nonce. Workers start from a blob that Next's
 * loader makes, and have the page's policy. The one that reads heap snapshots runs WebAssembly, which allows no text to become script.
 */
export function toContentSecurityPolicy(nonce: string, options: { encrypted: boolean }): string {
  const directives = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    `script-src-attr 'none'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ];
  if (options.encrypted) directives.push('upgrade-insecure-requests');
  return directives.join('; ');
}

/** What answers that are data get: nothing in them may run, whatever a browser takes them for. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";
