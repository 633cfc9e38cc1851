/** What the checking thread is asked. */
export interface ParameterTask {
  schema: Record<string, unknown>;
  params: Record<string, unknown>;
}

export type ParameterVerdict =
  | { kind: 'fits' }
  /** `path` leads from the parameters to what is wrong, by dots; empty for the whole. */
  | { kind: 'mistaken'; path: string; message: string }
  /** Nothing can be checked against such a schema. */
  | { kind: 'unusable'; why: string };
