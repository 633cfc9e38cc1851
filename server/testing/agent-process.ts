import { announce } from './announce.ts';
import { identityOf } from './identity.ts';
import { ScriptedAgent } from './scripted-agent.ts';

/**
 * A process with a scripted agent in it, to be stopped and killed. Arguments: registry's address, token, size of
 * the artifact in bytes, pause between two chunks in milliseconds.
 */
const [registry = '', token = '', sizeBytes = '0', chunkDelayMs = '0'] = process.argv.slice(2);

/** Bytes that a test can make again. */
export function drillArtifact(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes);
  let state = 1;
  for (let index = 0; index < sizeBytes; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

if (registry) {
  const bytes = drillArtifact(Number(sizeBytes));
  const agent = await ScriptedAgent.start({
    token,
    identity: identityOf('user-service', { pid: process.pid }),
    artifact: () => bytes,
    chunkDelayMs: Number(chunkDelayMs),
  });
  announce(agent, registry, token);
  process.send?.({ kind: 'ready' });
}
