import type { FileOriginals, Originals, OriginalsRequest, SourceText } from '#contract';

/** What came of asking; a refusal in the server's own words where it gave some. */
export type SourceAnswer<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string | undefined;
      readonly detail: string | undefined;
    }
  | { readonly kind: 'no-answer' };

type AskedFile = Omit<OriginalsRequest['files'][number], 'lines' | 'functions'> &
  Partial<OriginalsRequest['files'][number]>;

/** What functions and lines of generated files were made of, in the order asked for. */
export async function askOriginals(
  sourceUrl: string,
  files: readonly AskedFile[],
  signal: AbortSignal,
): Promise<SourceAnswer<readonly FileOriginals[]>> {
  const answer = await ask<Originals>(`${sourceUrl}/originals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-opscenter': '1' },
    body: JSON.stringify({ files }),
    signal,
  });
  return answer.kind === 'found' ? { kind: 'found', value: answer.value.files } : answer;
}

/** The text of a file as the profile names it, or of what it was made of. */
export async function askText(
  sourceUrl: string,
  url: string,
  original: string | undefined,
  signal: AbortSignal,
): Promise<SourceAnswer<SourceText>> {
  const query = new URLSearchParams({ url, ...(original === undefined ? {} : { original }) });
  return await ask<SourceText>(`${sourceUrl}?${query}`, { signal });
}

async function ask<Value>(url: string, request: RequestInit): Promise<SourceAnswer<Value>> {
  try {
    const response = await fetch(url, request);
    if (response.ok) return { kind: 'found', value: (await response.json()) as Value };
    const problem: unknown = await response.json().catch(() => undefined);
    return {
      kind: 'refused',
      status: response.status,
      code: textOf(problem, 'code'),
      detail: textOf(problem, 'detail'),
    };
  } catch {
    return { kind: 'no-answer' };
  }
}

function textOf(problem: unknown, key: 'code' | 'detail'): string | undefined {
  if (typeof problem !== 'object' || problem === null) return undefined;
  const text: unknown = (problem as Record<string, unknown>)[key];
  return typeof text === 'string' ? text : undefined;
}
