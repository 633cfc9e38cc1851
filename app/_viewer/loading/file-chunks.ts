/** As large as reads fastest; two of them are held at a time. */
const CHUNK_BYTES = 4 << 20;

/**
 * The bytes of a file in large pieces: its own stream gives 64 KiB at a time, and each costs a turn of the event loop. The
 * next piece is on its way while one is read.
 */
export async function* chunksOfFile(file: Blob): AsyncGenerator<Uint8Array> {
  let next = file.slice(0, CHUNK_BYTES).arrayBuffer();
  for (let end = CHUNK_BYTES; ; end += CHUNK_BYTES) {
    const bytes = new Uint8Array(await next);
    if (end >= file.size) {
      yield bytes;
      return;
    }
    next = file.slice(end, end + CHUNK_BYTES).arrayBuffer();
    // It is waited for later, or not at all: that it fails is told there.
    next.catch(() => {});
    yield bytes;
  }
}
