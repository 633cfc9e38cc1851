import { finish } from '#profile/heap/analysis/steps.ts';
import type { SnapshotFile } from '../../server/heap/child-messages.ts';
import { openFromIndex } from '../../server/heap/process/open-snapshot.ts';
import { answerParent } from '../harness/child.ts';
import { firstQuestions } from './first-questions.ts';

const LIMIT_BYTES = 12 * 2 ** 30;

answerParent({
  ready: () => undefined,
  /** Milliseconds from the path of the index to the last of the first answers. The process has its program and nothing else. */
  reopen({ file, object }: { file: SnapshotFile; object: number }): number {
    const startedAt = performance.now();
    const snapshot = openFromIndex(file, LIMIT_BYTES);
    for (const question of firstQuestions(object)) finish(snapshot.answering(question));
    return performance.now() - startedAt;
  },
});
