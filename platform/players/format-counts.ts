import type { PlayerCounts, Tries } from '../service/player-counts.ts';

/** The counts as lines for a terminal. */
export function formatCounts(counts: PlayerCounts): string {
  const rows: [string, string][] = [
    ['disconnects not asked for', String(counts.disconnects)],
    ['seats lost', String(counts.seatsLost)],
    ['games cut short', String(counts.gamesCutShort)],
    ['games finished', String(counts.gamesFinished)],
    ['logins', formatTries(counts.logins)],
    ...Object.entries(counts.sits).map(([game, tries]) => row('sits', game, tries)),
    ...Object.entries(counts.plays).map(([game, tries]) => row('plays', game, tries)),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `What the players have seen since ${counts.since}:`,
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
  ].join('\n');
}

function row(what: string, game: string, tries: Tries): [string, string] {
  return [`${what} in ${game}`, formatTries(tries)];
}

function formatTries({ ok, failed }: Tries): string {
  const failures = Object.entries(failed).map(([code, count]) => `${count} ${code}`);
  return failures.length === 0 ? `${ok} ok` : `${ok} ok, failed: ${failures.join(', ')}`;
}
