/** The API's largest body. What is larger comes as an upload of its own kind, one day. */
export const BODY_LIMIT_BYTES = 64 * 1024;
export const URL_LIMIT = 4096;
/** Of one part of the path. */
export const PARAMETER_LIMIT = 256;
export const HEADERS_LIMIT_BYTES = 16 * 1024;
export const HEADERS_TIMEOUT_MS = 10_000;
/** From the first byte of a request to its last. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** A connection on which nothing moves. Event streams carry a heartbeat well before. */
export const IDLE_TIMEOUT_MS = 120_000;
export const KEEP_ALIVE_TIMEOUT_MS = 65_000;
export const CONNECTION_LIMIT = 1024;
export const EVENT_STREAM_LIMIT = 256;
/** How long answers may go on while the server stops. */
export const CLOSE_GRACE_MS = 1500;
