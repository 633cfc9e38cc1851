import type {
  ActiveHandles,
  Activity,
  ActivityFrame,
  DurationMs,
  PendingOperations,
  ThreadActivity,
} from './activity.ts';

/** The activity to be read in a terminal, in the spirit of a dump of goroutines: a paragraph for each group. */
export function formatActivityText(activity: Activity): string {
  const takenAt = new Date(activity.takenAtMs).toISOString();
  const pending = activity.operations.reduce((sum, { count }) => sum + count, 0);
  const paragraphs = [
    [
      `activity of thread ${activity.threadId} at ${takenAt}, new operations watched for ${duration(activity.watchedMs)}`,
      ...activity.remarks.map((remark) => `# ${line(remark)}`),
    ],
    ...activity.threads.map(threadLines),
    [`${counted(pending, 'pending operation')} in ${counted(activity.operations.length, 'group')}`],
    ...activity.operations.map(operationLines),
    [`${counted(activity.handles.length, 'kind')} of active handles`],
    ...activity.handles.map(handleLines),
  ];
  return `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function threadLines({ id, name, state, samples, stacks }: ThreadActivity): string[] {
  return [
    `thread ${line(id)} "${line(name)}" [${state}]:`,
    ...stacks.flatMap((stack) => [
      `  in ${stack.samples} of ${samples} samples:`,
      ...frameLines(stack.frames),
    ]),
  ];
}

function operationLines({ type, resource, stack, count, oldestAgeMs, weight }: PendingOperations): string[] {
  const age = oldestAgeMs === null ? 'begun before the capture' : `oldest ${duration(oldestAgeMs)}`;
  const amount = weight > 1 ? `about ${count}` : `${count}`;
  const head = `${amount} × ${line(type)} ${line(resource)} [${age}]`;
  return stack === null ? [head] : [`${head}:`, ...frameLines(stack)];
}

function handleLines({ kind, count, details }: ActiveHandles): string[] {
  const more = count - details.length;
  return [
    `${count} × ${line(kind)}${details.length > 0 ? ':' : ''}`,
    ...details.map((detail) => `\t${line(detail)}`),
    ...(details.length > 0 && more > 0 ? [`\t… and ${more} more`] : []),
  ];
}

function frameLines(frames: readonly ActivityFrame[]): string[] {
  return frames.flatMap((frame) => {
    const place = frame.url === '' ? 'native' : `${line(frame.url)}:${frame.line}:${frame.column}`;
    return [line(frame.name) || '(anonymous)', `\t${place}`];
  });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function duration(ms: DurationMs): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Names come from the service: none of them may begin a line of its own, or steer a terminal. */
function line(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
