import type { FrameSelector, Transform } from '#profile/index.ts';
import { printable, shortPathOf } from '../flame/function-labels.ts';
import { originNameOf } from '../flame/function-shades.ts';
import { useViewerWords } from '../use-viewer-words.ts';

interface TransformWords {
  /** What was done, as a chip says it. */
  stepOf(transform: Transform): string;
  /** The whole of what it is about, where the chip has room for less. */
  detailOf(transform: Transform): string;
}

export function useTransformWords(): TransformWords {
  const viewer = useViewerWords();
  const { transforms, origins, anonymous } = viewer;
  const nameOf = (frames: FrameSelector): string => {
    switch (frames.by) {
      case 'function':
        return printable(frames.function.name) || anonymous;
      case 'file':
        return printable(shortPathOf(frames.url)) || transforms.noFile;
      case 'package':
        return printable(frames.name);
      case 'origin':
        return origins[originNameOf(frames.origin)];
    }
  };
  return {
    stepOf: (transform) =>
      transform.kind === 'collapse-recursion'
        ? transforms.recursionCollapsed
        : transforms.steps[transform.kind](nameOf(transform.frames)),
    detailOf: (transform) => {
      if (transform.kind === 'collapse-recursion') return transforms.recursionCollapsed;
      const { frames, kind } = transform;
      const url = frames.by === 'function' ? frames.function.url : frames.by === 'file' ? frames.url : '';
      const step = transforms.steps[kind](nameOf(frames));
      return url === '' ? step : `${step}, ${printable(url)}`;
    },
  };
}
