import { isIP } from 'node:net';
import { isLoopback } from '../../config.ts';

/**
 * Which Host headers are answered. A page of another site can make its own name resolve to this server's address
 * (DNS rebinding) and would then share its origin; such a name is not on the list. IP addresses cannot be rebound.
 */
export class HostNames {
  readonly #names: ReadonlySet<string>;
  readonly #loopbackOnly: boolean;

  constructor(options: { boundTo: string; names: readonly string[] }) {
    this.#names = new Set(['localhost', ...options.names, options.boundTo.toLowerCase()]);
    this.#loopbackOnly = isLoopback(options.boundTo);
  }

  admits(hostHeader: string | undefined): boolean {
    const name = toHostName(hostHeader);
    if (name === undefined) return false;
    if (this.#names.has(name)) return true;
    return isIP(name) !== 0 && (!this.#loopbackOnly || isLoopback(name));
  }
}

/** The name in `name:port`, without the port, the brackets of IPv6 and the trailing dot; undefined if malformed. */
function toHostName(hostHeader: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+?))\.?(?::\d{1,5})?$/i.exec(hostHeader ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}
