/** What a capture was expected to cost when it was requested: captures of before have none. */
export const capturePrice = {
  version: 3,
  sql: `
    ALTER TABLE captures ADD COLUMN price TEXT;
  `,
} as const;
