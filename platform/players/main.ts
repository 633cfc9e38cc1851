import { getSingle, planPlatform } from '../plan.ts';
import { seededRandom } from '../random.ts';
import { log } from '../service/log.ts';
import { RateMeter } from '../service/rate-meter.ts';
import { endWith, obeySupervisor, tellSupervisor } from '../service/run-service.ts';
import { readSettings } from '../settings.ts';
import { allCredentials } from './credentials.ts';
import { Regulars } from './regulars.ts';
import { Visitors } from './visitors.ts';

const LOGINS_PER_MINUTE = 240;
/** Rates as measured on the day of OPS-812: a busy game and a quiet one. */
const GAMES = [
  { game: 'steampunk2', seats: 12, transactionsPerMinute: 60, seed: 2 },
  { game: 'odinbingo', seats: 3, transactionsPerMinute: 3, seed: 3 },
] as const;
const REPORT_INTERVAL_MS = 10_000;

const settings = readSettings(process.env);
const gatewayUrl = `ws://127.0.0.1:${getSingle(planPlatform(settings.portBase), 'bg-gate').port}`;
const credentials = allCredentials();

/** Counts by what happened, such as "login" or "login wrong-password". */
const counts = new Map<string, RateMeter>();
function count(what: string, failure: Error | undefined): void {
  const key = failure ? `${what} ${'code' in failure ? String(failure.code) : 'failed'}` : what;
  let meter = counts.get(key);
  if (!meter) {
    meter = new RateMeter();
    counts.set(key, meter);
  }
  meter.add();
}

let seatsBefore = 0;
const regulars = GAMES.map(({ game, seats, transactionsPerMinute, seed }) => {
  const people = credentials.slice(seatsBefore, seatsBefore + seats);
  seatsBefore += seats;
  return new Regulars({
    game,
    gatewayUrl,
    people,
    transactionsPerMinute,
    random: seededRandom(seed),
    onTransaction: (failure) => count(game, failure),
  });
});
const visitors = new Visitors({
  gatewayUrl,
  credentials,
  random: seededRandom(1),
  perMinute: LOGINS_PER_MINUTE,
  onLogin: (failure) => count('login', failure),
});
const reporting = setInterval(() => {
  log('last minute', Object.fromEntries(Array.from(counts, ([what, meter]) => [what, meter.perMinute])));
}, REPORT_INTERVAL_MS);

obeySupervisor({ loginLoad: (factor) => visitors.setLoad(factor) });
endWith(async () => {
  clearInterval(reporting);
  visitors.stop();
  for (const group of regulars) group.stop();
});
tellSupervisor({ kind: 'ready' });
log('started', { gatewayUrl, pid: process.pid });
