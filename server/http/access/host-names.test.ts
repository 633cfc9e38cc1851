import { describe, expect, it } from 'vitest';
import { HostNames } from './host-names.ts';

describe('a console bound to loopback', () => {
  const hostNames = new HostNames({ boundTo: '127.0.0.1', names: ['console.example'] });

  it.each([
    'localhost',
    'localhost:3000',
    'LOCALHOST:3000',
    'localhost.:3000',
    '127.0.0.1:3000',
    '127.1.2.3',
    '[::1]:3000',
    'console.example',
  ])('answers to %s', (host) => expect(hostNames.admits(host)).toBe(true));

  // A page of evil.example can make its name resolve to 127.0.0.1.
  it.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    '10.0.0.1',
    '192.168.1.5:3000',
    '[fe80::1]',
    '',
    undefined,
    'localhost:abc',
    'a b',
    'localhost@evil.example',
    '127.0.0.1.evil.example',
    '[::1',
    'localhost:3000:3000',
  ])('does not answer to %s', (host) => expect(hostNames.admits(host)).toBe(false));
});

describe('a console that other machines reach', () => {
  const hostNames = new HostNames({ boundTo: '0.0.0.0', names: ['console.example'] });

  it.each(['10.0.0.1', '192.168.1.5:3000', '[fe80::1]:3000', 'console.example:443', 'localhost'])(
    'answers to %s',
    (host) => expect(hostNames.admits(host)).toBe(true),
  );

  it.each(['evil.example', 'other.console.example'])('does not answer to %s', (host) => {
    expect(hostNames.admits(host)).toBe(false);
  });
});
