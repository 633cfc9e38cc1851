'use client';

import { type Activity, formatActivityText } from '#profile/index.ts';
import { Button } from '../../_ui/button.tsx';
import { useCopy } from '../../_ui/copy-button.tsx';
import { Skeleton } from '../../_ui/states.tsx';
import { LoadingFailed } from '../loading/loading-failed.tsx';
import type { ArtifactSource } from '../loading/protocol.ts';
import { HandlesPanel } from './handles-panel.tsx';
import { PendingTable } from './pending-table.tsx';
import { ThreadsPanel } from './threads-panel.tsx';
import { useActivity } from './use-activity.ts';
import { useActivityWords } from './use-activity-words.ts';

/** What was pending in the process, and what its threads ran. */
export function ActivityView({ source }: { source: ArtifactSource }) {
  const words = useActivityWords();
  const { loading, retry } = useActivity(source);
  switch (loading.state) {
    case 'loading':
      return (
        <div className="p-4" role="status">
          <span className="sr-only">{words.loading}</span>
          <Skeleton className="h-96 w-full" />
        </div>
      );
    case 'failed':
      return (
        <div className="p-4">
          <LoadingFailed source={source} failure={loading.failure} retry={retry} />
        </div>
      );
    case 'ready':
      return <Ready activity={loading.activity} />;
  }
}

function Ready({ activity }: { activity: Activity }) {
  const words = useActivityWords();
  const copy = useCopy();
  return (
    <div className="relative px-4 pt-2 pb-10">
      <Button
        small
        className="absolute top-2 right-4 z-[1]"
        onClick={() => copy(formatActivityText(activity), words.copied)}
      >
        {words.copy}
      </Button>
      <PendingTable activity={activity} />
      <ThreadsPanel threads={activity.threads} />
      <HandlesPanel handles={activity.handles} />
    </div>
  );
}
