import type { FastifyReply, FastifyRequest } from 'fastify';
import { DATA_POLICY, toContentSecurityPolicy } from './content-security-policy.ts';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()',
} as const;

/** Sets what every answer carries, over whatever the page renderer set. */
export function setSecurityHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  { encrypted }: { encrypted: boolean },
): void {
  reply.headers(ALWAYS);
  reply.header('x-request-id', request.id);
  reply.header(
    'content-security-policy',
    request.nonce === undefined ? DATA_POLICY : toContentSecurityPolicy(request.nonce, { encrypted }),
  );
  if (encrypted) reply.header('strict-transport-security', 'max-age=31536000');
}
