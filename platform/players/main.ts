import { getSingle, planPlatform } from '../plan.ts';
import { seededRandom } from '../random.ts';
import { log } from '../service/log.ts';
import { endWith, obeySupervisor, tellSupervisor } from '../service/run-service.ts';
import { readSettings } from '../settings.ts';
import { allCredentials } from './credentials.ts';
import { untilGatewayOpens } from './gateway-opening.ts';
import { Regulars } from './regulars.ts';
import { Tally } from './tally.ts';
import { Visitors } from './visitors.ts';

const LOGINS_PER_MINUTE = 240;
/** Rates as measured on the day of OPS-812: a busy game and a quiet one. */
const GAMES = [
  { game: 'steampunk2', seats: 12, transactionsPerMinute: 60, seed: 2 },
  { game: 'odinbingo', seats: 3, transactionsPerMinute: 3, seed: 3 },
] as const;
const REPORT_INTERVAL_MS = 60_000;

const settings = readSettings(process.env);
const gatewayUrl = `ws://127.0.0.1:${getSingle(planPlatform(settings.portBase), 'bg-gate').port}`;
const credentials = allCredentials();

await untilGatewayOpens(gatewayUrl);
const tally = new Tally();
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
    witness: tally,
  });
});
const visitors = new Visitors({
  gatewayUrl,
  credentials,
  random: seededRandom(1),
  perMinute: LOGINS_PER_MINUTE,
  witness: tally,
});
const reporting = setInterval(() => log('counts', { ...tally.counts }), REPORT_INTERVAL_MS);

obeySupervisor({
  loginLoad: (factor) => visitors.setLoad(factor),
  playerCounts: () => tally.counts,
});
endWith(async () => {
  clearInterval(reporting);
  visitors.stop();
  for (const group of regulars) group.stop();
});
tellSupervisor({ kind: 'ready' });
log('started', { gatewayUrl, pid: process.pid });
