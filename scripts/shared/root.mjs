import { fileURLToPath } from 'node:url';

/** The repository's directory, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
