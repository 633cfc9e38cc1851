/** How much there may be of everything: agents and clients may send anything. */
export const LIMITS = {
  previewsHeld: 64,
  previewsAtOnce: 8,
  actionsRunning: 16,
  /** Older ones that have ended are forgotten here; the audit keeps who did what. */
  actionsKept: 5000,
  parts: 32,
  history: 200,
  targetsPerPart: 1000,
  /** Over all parts: an action is told to every open page whenever it changes. */
  targets: 2000,
  checks: 32,
  /** Of one run, whoever tells it. */
  messages: 50_000,
  messagesPerSecond: 500,
  parametersDepth: 16,
  schemaCharacters: 64 * 1024,
  /** Of one page of a list, in characters of JSON. */
  pageCharacters: 4 * 1024 * 1024,
} as const;
