/** One JSON line on stdout; the supervisor keeps it in the service's log file. */
export function log(event: string, detail: Record<string, unknown> = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...detail })}\n`);
}

export function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
