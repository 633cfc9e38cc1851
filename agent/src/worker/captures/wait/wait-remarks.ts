import { tracedOperations } from '../../../in-thread/wait/channel-follower.ts';
import type { WaitFacts } from '../../../in-thread/wait/wait-tools.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const leavesPromisesOut = major > 24 || (major === 24 && minor >= 12);
const tellsRequestsEarly = major >= 22;

/** Part of the thread's throughput, at the rate that follows the load. */
export const usualLoss = leavesPromisesOut ? 0.05 : 0.12;

/** What is followed here and what is not, known beforehand. */
export function whatIsFollowed(): string[] {
  const libraries = [...new Set(tracedOperations.map((operation) => operation.split(':')[0]))].join(', ');
  return [
    'Followed are operations of Node (connections, DNS, files, timers, worker threads, the thread pool), HTTP requests and fetch, answers on connections that this process has opened, registered queues and locks, and what those versions of ' +
      `${libraries} publish that use diagnostics_channel.`,
    'Promises are not followed themselves: each waits for one of these, or for another promise.' +
      (leavesPromisesOut
        ? ''
        : ' This version of Node calls for each of them all the same, which costs more than on Node 24.12 and later.'),
    ...(tellsRequestsEarly
      ? []
      : [
          'This version of Node tells of an HTTP request only when it is sent: who asked for it is not known.',
        ]),
  ];
}

/** What became of it. */
export function howItWent({ least, most, followed, dropped, untold, threadShare }: WaitFacts): string[] {
  const rate =
    most === 1
      ? 'Every one was followed'
      : least === most
        ? `One in ${most} was followed, and stands for as many`
        : `One in ${least} to ${most} was followed, as the load allowed, and stands for as many`;
  return [
    `${rate}: ${followed} in all.`,
    `Following took ${Number((threadShare * 100).toPrecision(2))} % of the thread's time, calls from Node to the recorder not counted.`,
    'What was not over at the end counts with the time until then and carries the label state=pending.',
    ...(dropped > 0 ? [`${dropped} operations were left out: too many were open at once.`] : []),
    ...(untold > 0 ? [`${untold} stacks were not told apart: there were too many different ones.`] : []),
  ];
}
