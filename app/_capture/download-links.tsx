'use client';

import type { Capture } from '#contract';
import { apiUrl } from '../_data/api.ts';
import type { Messages } from '../_messages/catalogue.ts';
import { useWords } from '../_messages/words.tsx';
import { buttonClass } from '../_ui/button.tsx';
import { classNames } from '../_ui/class-names.ts';
import { DownloadIcon } from '../_ui/icons.tsx';

interface Download {
  form: 'artifact' | 'pprof' | 'collapsed' | 'speedscope' | 'text';
  label: string;
  title: string;
}

/** The forms in which the capture can be taken along: as it came, and what else is made of it. */
export function DownloadLinks({ capture }: { capture: Capture }) {
  const { t } = useWords();
  const downloads = downloadsOf(capture, t.capture.page.downloads);
  return (
    <span className="flex">
      {downloads.map(({ form, label, title }, index) => (
        <a
          key={form}
          href={apiUrl(`/captures/${capture.id}/${form}`)}
          download
          title={title}
          className={classNames(
            buttonClass(),
            index > 0 && '-ml-px rounded-l-none',
            index < downloads.length - 1 && 'rounded-r-none',
          )}
        >
          {index === 0 && <DownloadIcon />}
          {label}
        </a>
      ))}
    </span>
  );
}

function downloadsOf({ kind }: Capture, words: Messages['capture']['page']['downloads']): Download[] {
  const asItCame = (label: string, title: string): Download => ({ form: 'artifact', label, title });
  const pprof: Download = { form: 'pprof', label: words.pprof, title: words.pprofTitle };
  const others: Download[] = [
    { form: 'collapsed', label: words.collapsed, title: words.collapsedTitle },
    { form: 'speedscope', label: words.speedscope, title: words.speedscopeTitle },
  ];
  switch (kind) {
    case 'cpu':
      return [asItCame(words.v8('cpuprofile'), words.v8Title), pprof, ...others];
    case 'heap':
    case 'allocation':
      return [asItCame(words.v8('heapprofile'), words.v8Title), pprof, ...others];
    case 'heapsnapshot':
      return [asItCame(words.v8('heapsnapshot'), words.v8Title)];
    case 'activity':
      return [
        asItCame(words.activity, words.activityTitle),
        { form: 'text', label: words.text, title: words.textTitle },
      ];
    case 'trace':
      return [asItCame(words.trace, words.traceTitle)];
    default:
      return [asItCame(words.pprof, words.pprofTitle), ...others];
  }
}
