import type {
  DiffTree,
  FunctionDifferences,
  FunctionTotals,
  LabelChoice,
  Transform,
  ValueType,
} from '#profile/index.ts';
import type { FlameLayout } from '../../_viewer/flame/flame-layout.ts';
import type {
  ArtifactSource,
  FileSource,
  LoadFailure,
  OpenedProfile,
  PartFailure,
  PartProgress,
} from '../../_viewer/loading/protocol.ts';
import type { Scale, Sides } from '../changes.ts';

/** What is put beside each other; a side of several profiles is their sum. */
export type ComparedSources = Sides<readonly (ArtifactSource | FileSource)[]>;
export type SideName = keyof Sides<unknown>;

export interface CompareChoice {
  readonly includeIdle: boolean;
  readonly labels: readonly LabelChoice[];
  /** The key of the label whose values stand below the root. */
  readonly groupedBy: string | undefined;
  /** The name of a value type; the default where it is none that both sides have. */
  readonly valueType: string | undefined;
  /** What is done to the stacks of both sides, in this order. */
  readonly transforms: readonly Transform[];
  readonly scale: Scale;
}

/** What depends on the choice. */
export interface ComparedView {
  /** An index into the value types. */
  readonly valueType: number;
  /** What the tree's widths are: with shares, those before were made as wide in all as those after. */
  readonly scale: Scale;
  readonly tree: DiffTree;
  readonly layout: FlameLayout;
  readonly totals: FunctionTotals;
  /** Where boxes lie that are as wide as one side alone has them, in the same rows. */
  readonly sideLayouts: Sides<FlameLayout>;
  /** Of the same widths, by function. */
  readonly functions: FunctionDifferences;
  /** All of each side, as measured. */
  readonly wholes: Sides<number>;
}

export type CompareFailure =
  /** Of one side nothing could be read. */
  | { readonly kind: 'unread'; readonly side: SideName; readonly failure: LoadFailure }
  /** They measure nothing alike. */
  | { readonly kind: 'unlike'; readonly types: Sides<readonly ValueType[]> }
  /** The core's sentence. */
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'crashed' };

export type CompareRequest =
  | { readonly type: 'open'; readonly sources: ComparedSources; readonly choice: CompareChoice }
  | { readonly type: 'compare'; readonly choice: CompareChoice };

export type CompareReport =
  | {
      readonly type: 'part';
      readonly side: SideName;
      readonly index: number;
      readonly progress: PartProgress;
    }
  | {
      /** Again when the stacks are grouped otherwise, which makes other functions of them. */
      readonly type: 'opened';
      /** The functions of both, and the value types that both have. */
      readonly profile: OpenedProfile;
      readonly view: ComparedView;
      /** What the sides do without, where they are several profiles each. */
      readonly failures: Sides<readonly PartFailure[]>;
    }
  | { readonly type: 'compared'; readonly view: ComparedView }
  | { readonly type: 'failed'; readonly failure: CompareFailure };
