import type { Problem } from '#contract';
import { answeredBefore } from './answered-before.ts';

/** A request that the server answered with a problem document, or did not answer (`status` 0). */
export class RequestFailed extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined, cause?: unknown) {
    super(problem?.detail ?? `HTTP ${status}`, cause === undefined ? {} : { cause });
    this.name = 'RequestFailed';
    this.status = status;
    this.code = problem?.code ?? (status === 0 ? 'no-answer' : 'unknown');
    this.problem = problem;
  }

  get isUnanswered(): boolean {
    return this.status === 0;
  }
}

const API = '/api/v1';

/** @throws {RequestFailed} */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await send(path, {
    headers: { accept: 'application/json' },
    ...(signal ? { signal } : {}),
  });
  const answer = await parse<T>(response);
  answeredBefore.answered(response.headers.get('opscenter-last-change'));
  return answer;
}

/**
 * Anything that changes something. The header `x-opscenter` cannot be sent by a form of another site, and tells the
 * server that this dashboard is asking.
 *
 * @throws {RequestFailed}
 */
export async function mutate<T>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const response = await send(path, {
    ...(signal ? { signal } : {}),
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json', 'x-opscenter': '1' },
    body: JSON.stringify(body ?? {}),
  });
  return parse<T>(response);
}

export function apiUrl(path: string): string {
  return `${API}${path}`;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(apiUrl(path), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new RequestFailed(0, undefined, error);
  }
  if (!response.ok) throw new RequestFailed(response.status, await findProblem(response));
  return response;
}

async function parse<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

async function findProblem(response: Response): Promise<Problem | undefined> {
  try {
    const body: unknown = await response.json();
    return isProblem(body) ? body : undefined;
  } catch {
    // A gateway in between answered with something of its own; the status is all there is to say.
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string';
}
