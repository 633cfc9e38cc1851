import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

export type AddressVerdict = { allowed: true; address: string } | { allowed: false; reason: string };

/**
 * Where the server may be sent. An agent names the address at which it is called back, so without a rule
 * whoever has the token could point the server at any port inside the network. Loopback is always allowed,
 * everything else only by configuration, and link-local addresses (cloud metadata) never. A name is resolved
 * once and the address found is the one that is dialled, so that it cannot change its mind in between.
 */
export class AddressPolicy {
  readonly #allowed = new BlockList();

  /** @param networks CIDR blocks, checked by whoever read the configuration */
  constructor(networks: readonly string[]) {
    for (const network of networks) {
      const [address = '', prefix = ''] = network.split('/');
      this.#allowed.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
    }
  }

  /** `tls`: whether the connection will be encrypted; the token never crosses a network in the clear. */
  async resolve(host: string, tls: boolean): Promise<AddressVerdict> {
    const addresses = await addressesOf(host);
    if (addresses.length === 0) return { allowed: false, reason: `the name ${host} cannot be resolved` };
    const verdicts = addresses.map((address) => this.#judge(address, tls));
    return verdicts.find((verdict) => verdict.allowed) ?? (verdicts[0] as AddressVerdict);
  }

  #judge(address: string, tls: boolean): AddressVerdict {
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (loopback.check(address, family)) return { allowed: true, address };
    if (never.check(address, family)) {
      return { allowed: false, reason: `${address} is an address that agents are never called at` };
    }
    if (!this.#allowed.check(address, family)) {
      return {
        allowed: false,
        reason: `${address} is neither loopback nor in a network of OPSCENTER_AGENT_NETWORKS`,
      };
    }
    if (!tls)
      return {
        allowed: false,
        reason: `${address} is not loopback, and without TLS only loopback is called`,
      };
    return { allowed: true, address };
  }
}

async function addressesOf(host: string): Promise<string[]> {
  if (isIP(host)) return [toPlainAddress(host)];
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => toPlainAddress(address));
}

/** `::ffff:10.0.0.1` is 10.0.0.1 by another name, and the rules are about that one. */
function toPlainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  return mapped?.[1] ?? address;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const never = new BlockList();
never.addSubnet('0.0.0.0', 8, 'ipv4');
never.addSubnet('169.254.0.0', 16, 'ipv4');
never.addSubnet('224.0.0.0', 3, 'ipv4');
never.addAddress('::', 'ipv6');
never.addSubnet('fe80::', 10, 'ipv6');
never.addSubnet('ff00::', 8, 'ipv6');
