import { setTimeout as sleep } from 'node:timers/promises';
import { toControlAddress } from './control/address.ts';
import { COMMAND_WORDS, Command, type InstanceStatus, type Reply } from './control/command.ts';
import { sendCommand } from './control/control-client.ts';
import { NotPossibleNow, NotRunning, PlatformError, UsageError } from './errors.ts';
import { formatCounts } from './players/format-counts.ts';
import { tryLogin } from './players/try-login.ts';
import { readSettings } from './settings.ts';

const HELP = `Acts on the real processes of the example platform.

  npm run platform -- COMMAND

  status [--json]      what runs, as which process
  restart NAME         end it in good order (by force after 2.5 s) and start it again
  kill NAME            kill -9; it is started again after a second
  pause NAME           stand still (SIGSTOP) until: resume NAME
  resume NAME          go on (SIGCONT)
  spin NAME            its main thread enters an endless JavaScript loop; only restart NAME ends that
  native NAME SECONDS  its main thread stays in one long native call (1 to 120 s)
  contend SECONDS      for so long (1 to 600 s) an export of its accounts keeps user-service's login desk locked, again and
                       again: logins wait, and a lock capture shows behind whom
  load FACTOR          logins come FACTOR times as often (0 to 20; 1 is usual)
  pool MODE            how the gateway keeps its connections to the pods: checked (as usual) pings one before it is used;
                       unchecked does not, so that a restarted busy game stays unreachable for new players
                       (OPS-812); with PLATFORM_POOL=unchecked it starts like that
  players [--json]     what the players have counted: disconnects, seats lost, games, logins, sits and plays
  login GAME           a new player signs in, sits down and plays once: prints the milliseconds,
                       or the reason with exit code 1; gives up after 15 s
  stop                 stop the whole platform

NAME is an instance (steampunk2-0), or a service that has one instance (user-service).
OPSCENTER_DATA names the data folder of the platform that is meant; .opscenter unless set.
`;

const STOP_BUDGET_MS = 6_000;

/** @throws {UsageError} */
function parseArguments([command, ...rest]: string[]): Command {
  const wish = { command, ...toOptions(command, rest) };
  const parsed = Command.safeParse(wish);
  if (parsed.success) return parsed.data;
  if (!COMMAND_WORDS.some((word) => word === command))
    throw new UsageError(`There is no command "${command ?? ''}": npm run platform -- --help lists them.`);
  throw needsOtherArguments(command ?? '');
}

function needsOtherArguments(command: string): UsageError {
  const usage = HELP.split('\n')
    .find((line) => line.startsWith(`  ${command} `))
    ?.trim();
  return new UsageError(`${command} needs other arguments: ${usage?.replace(/ {2,}/, ', ')}.`);
}

function toOptions(command: string | undefined, rest: string[]): Record<string, unknown> {
  switch (command) {
    case 'pool':
      return { mode: rest[0] };
    case 'load':
      return { factor: Number(rest[0] ?? Number.NaN) };
    case 'contend':
      return { seconds: Number(rest[0] ?? Number.NaN) };
    case 'native':
      return { name: rest[0], seconds: Number(rest[1] ?? Number.NaN) };
    default:
      return { name: rest[0] };
  }
}

function formatStatus(instances: readonly InstanceStatus[]): string {
  const rows = [
    ['INSTANCE', 'SERVICE', 'VERSION', 'STATE', 'PID', 'PORT', 'RESTARTS', 'FOR'],
    ...instances.map((one) => [
      one.instance,
      one.service || '(outside)',
      one.version || '-',
      one.state,
      String(one.pid ?? '-'),
      String(one.port ?? '-'),
      String(one.restarts),
      `${one.forSeconds} s`,
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function waitUntilGone(address: string): Promise<void> {
  const deadline = Date.now() + STOP_BUDGET_MS;
  while (Date.now() < deadline) {
    const reply = await sendCommand(address, { command: 'status' }).catch(() => undefined);
    if (!reply) return;
    await sleep(100);
  }
  throw new NotPossibleNow('The platform has not stopped within 6 s.');
}

async function run(words: string[]): Promise<void> {
  if (words.length === 0 || words.includes('--help') || words.includes('-h') || words[0] === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const isJson = words.includes('--json');
  const plainWords = words.filter((word) => word !== '--json');
  if (plainWords[0] === 'login') {
    process.stdout.write(`${await logIn(plainWords[1])}\n`);
    return;
  }
  const command = parseArguments(plainWords);
  const reply = await ask(command);
  if (command.command === 'stop')
    await waitUntilGone(toControlAddress(readSettings(process.env).dataDirectory));
  process.stdout.write(`${formatReply(reply, isJson)}\n`);
}

/** @throws {NotRunning | NotPossibleNow} */
async function ask(command: Command): Promise<Reply & { ok: true }> {
  const { dataDirectory } = readSettings(process.env);
  const reply = await sendCommand(toControlAddress(dataDirectory), command);
  if (!reply) throw new NotRunning(dataDirectory);
  if (!reply.ok) throw new NotPossibleNow(reply.message);
  return reply;
}

/** Done here and not by the supervisor, as whoever comes from outside would. */
async function logIn(game: string | undefined): Promise<string> {
  if (!game) throw needsOtherArguments('login');
  const { instances } = await ask({ command: 'status' });
  const port = instances?.find(({ service }) => service === 'bg-gate')?.port;
  return `A new player played ${game} after ${await tryLogin(`ws://127.0.0.1:${port}`, game)} ms.`;
}

function formatReply({ instances, players, message }: Reply & { ok: true }, isJson: boolean): string {
  if (instances) return isJson ? JSON.stringify(instances) : formatStatus(instances);
  if (players) return isJson ? JSON.stringify(players) : formatCounts(players);
  return message;
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PlatformError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
