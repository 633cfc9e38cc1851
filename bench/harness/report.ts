import { type BenchResult, type Figure, meets } from './bench.ts';
import type { Machine } from './machine.ts';
import { round } from './statistics.ts';

export function formatTable({ figures }: BenchResult): string {
  const rows = [
    ['figure', 'measured', 'target', '', 'meaning'],
    ...Object.entries(figures).map(([name, figure]) => [
      name,
      String(round(figure.value)),
      formatTarget(figure),
      figure.target ? (meets(figure) ? 'met' : 'MISSED') : '',
      figure.meaning,
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

export function toJsonLine(bench: string, { figures, runs }: BenchResult, machine: Machine): string {
  const values = Object.entries(figures).map(([name, { value }]) => [name, round(value)]);
  return JSON.stringify({ bench, figures: Object.fromEntries(values), runs, machine });
}

function formatTarget({ target }: Figure): string {
  if (!target) return '';
  return 'atLeast' in target ? `>= ${target.atLeast}` : `<= ${target.atMost}`;
}
