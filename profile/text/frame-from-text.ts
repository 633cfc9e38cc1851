/** `name@file.js:12`; without a place the function stands in `app.js`, V8's own entries nowhere. */
const FRAME = /^(?<name>.*?)(?:@(?<url>.*?)(?::(?<line>\d+))?)?$/;

export interface CallFrameJson {
  functionName: string;
  scriptId: string;
  url: string;
  lineNumber: number;
  columnNumber: number;
}

/** A frame as V8 writes it, from a word of a drawing. */
export function callFrameFromText(frame: string): CallFrameJson {
  const groups = FRAME.exec(frame)?.groups ?? {};
  const own = frame.startsWith('(');
  return {
    functionName: groups.name ?? '',
    scriptId: '0',
    url: groups.url ?? (own ? '' : 'app.js'),
    lineNumber: groups.line === undefined ? -1 : Number(groups.line) - 1,
    columnNumber: -1,
  };
}
