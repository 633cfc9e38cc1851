import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { blockedLoop } from './blocked-loop/index.ts';
import { captureOverhead } from './capture-overhead/index.ts';
import { dashboard } from './dashboard/index.ts';
import { fleet } from './fleet/index.ts';
import { type Bench, meets, UnknownPart } from './harness/bench.ts';
import { describeMachine } from './harness/machine.ts';
import { formatTable, toJsonLine } from './harness/report.ts';
import { heap } from './heap/index.ts';
import { idleAgent } from './idle-agent/index.ts';
import { lockTracking } from './lock-tracking/index.ts';
import { redaction } from './redaction/index.ts';
import { snapshotEndurance } from './snapshot-endurance/index.ts';
import { snapshotPause } from './snapshot-pause/index.ts';
import { stream } from './stream/index.ts';
import { viewer } from './viewer/index.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  stream,
  'idle-agent': idleAgent,
  'capture-overhead': captureOverhead,
  'blocked-loop': blockedLoop,
  dashboard,
  fleet,
  redaction,
  'lock-tracking': lockTracking,
  'snapshot-pause': snapshotPause,
  'snapshot-endurance': snapshotEndurance,
  viewer,
  heap,
};

const USAGE = `npm run bench -- NAME [--runs N] [--only PART,PART]

${Object.entries(BENCHES)
  .map(([name, bench]) => `  ${name.padEnd(18)} ${bench.summary}`)
  .join('\n')}
`;

/** What is measured is what would be published and served: the agent and the dashboard as they are built. */
function build(): boolean {
  const script = fileURLToPath(new URL('../scripts/build.mjs', import.meta.url));
  return spawnSync(process.execPath, [script], { stdio: ['ignore', 2, 2] }).status === 0;
}

/** The exit code. */
async function run(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string' }, only: { type: 'string' } },
  });
  const name = positionals[0] ?? '';
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  if (!bench || (runs !== undefined && !(Number.isInteger(runs) && runs > 0))) {
    process.stdout.write(USAGE);
    return name === '' ? 0 : 2;
  }
  const only = values.only?.split(',');
  if (!build()) return 2;
  const machine = describeMachine();
  const result = await bench
    .run({ runs, only, note: (line) => process.stderr.write(`${line}\n`) })
    .catch((error: unknown) => {
      if (!(error instanceof UnknownPart)) throw error;
      process.stderr.write(`${error.message}\n`);
      return undefined;
    });
  if (result === undefined) return 2;
  process.stdout.write(`${formatTable(result)}\n\n${toJsonLine(name, result, machine)}\n`);
  return Object.values(result.figures).every(meets) ? 0 : 1;
}

process.exit(await run());
