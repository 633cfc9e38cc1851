import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name));

/** A certificate for localhost that vouches for itself. */
export const localhostTls = { cert: read('localhost.cert.pem'), key: read('localhost.key.pem') };
