/** Code that is loaded when it is needed did not come: the server stopped answering, or was replaced by a newer one. */
export class CodeMissing extends Error {
  override name = 'CodeMissing';
}

/** @throws {CodeMissing} whatever kept it from coming, which browsers call by many names */
export async function loadCode<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch (cause) {
    throw new CodeMissing('A part of the viewer did not come', { cause });
  }
}

/** Whether a worker ended because its code did not come: the script itself, of which no error is told, or what it begins with. */
export function isOfMissingCode(event: Event | ErrorEvent): boolean {
  return !('message' in event) || /importScripts/.test(event.message);
}
