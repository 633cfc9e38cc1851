export interface HostPort {
  host: string;
  port: number;
}

/** Reads `host:port`, `127.0.0.1:7072` or `[::1]:7072`; undefined when it is none of them. */
export function parseHostPort(text: string): HostPort | undefined {
  const found = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9]([A-Za-z0-9._-]{0,252})?)):(\d{1,5})$/.exec(text);
  if (!found) return undefined;
  const port = Number(found[4]);
  if (port < 1 || port > 65_535) return undefined;
  return { host: found[1] ?? found[2] ?? '', port };
}

export function formatHostPort({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
