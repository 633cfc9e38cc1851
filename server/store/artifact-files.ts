import type { Readable } from 'node:stream';

/** The bytes of captures, one file each, named by the capture's id. */
export interface ArtifactFiles {
  openRead(captureId: string, range?: { start: number; end: number }): Promise<Readable>;
}
