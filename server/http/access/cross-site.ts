import type { IncomingHttpHeaders } from 'node:http';

/** The header that a mutation without bearer token carries: a page of another site cannot add it unasked. */
export const MUTATION_HEADER = 'x-opscenter';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface Approach {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The scheme and host that the request was made to, such as http://localhost:3000. */
  readonly ownOrigin: string;
  readonly bearer: boolean;
}

/**
 * Why a request cannot come from our own pages or from a program that means it; undefined when it can. Browsers say
 * where a request comes from (Origin, Sec-Fetch-Site) and programs such as curl say nothing, so the first two rules
 * bind browsers alone and the third binds everyone.
 */
export function findForeignSign(approach: Approach): string | undefined {
  const { headers } = approach;
  const site = headers['sec-fetch-site'];
  if (READING.has(approach.method)) {
    // Links from other sites may lead here; requests that their scripts, images and frames make may not.
    const byPage = site === 'cross-site' || site === 'same-site';
    if (byPage && headers['sec-fetch-mode'] !== 'navigate') return `Sec-Fetch-Site is ${site}`;
    return undefined;
  }
  if (site !== undefined && site !== 'same-origin') return `Sec-Fetch-Site is ${String(site)}`;
  if (headers.origin !== undefined && headers.origin !== approach.ownOrigin) {
    return `Origin is not ${approach.ownOrigin}`;
  }
  if (!approach.bearer && headers[MUTATION_HEADER] !== '1')
    return `the header ${MUTATION_HEADER}: 1 is missing`;
  return undefined;
}
