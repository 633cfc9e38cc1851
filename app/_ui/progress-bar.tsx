import { classNames } from './class-names.ts';

/** How far a step is; hatched where nothing tells. */
export function ProgressBar({
  label,
  fraction,
  halted = false,
}: {
  label: string;
  fraction: number | null;
  halted?: boolean;
}) {
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={classNames(
        'h-1.5 overflow-hidden rounded-full bg-hover',
        fraction === null && 'hatched opacity-60',
      )}
    >
      {percent !== undefined && (
        <div
          className={classNames(
            'h-full rounded-full transition-[width] duration-1000 ease-linear',
            halted ? 'bg-unknown' : 'bg-accent',
          )}
          style={{ width: `${percent}%` }}
        />
      )}
    </div>
  );
}
