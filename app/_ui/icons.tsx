import type { ReactNode } from 'react';

/** Drawn on a 16 px grid with a line of 1.5; decoration only, whoever uses one says what it means. */
function Icon({ children, size = 16 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      {children}
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <circle cx="7" cy="7" r="4.25" />
    <path d="m10.25 10.25 3 3" />
  </Icon>
);
export const LinkIcon = () => (
  <Icon>
    <path d="M6.75 9.25a2.75 2.75 0 0 0 3.9 0l2-2a2.76 2.76 0 0 0-3.9-3.9l-.6.6" />
    <path d="M9.25 6.75a2.75 2.75 0 0 0-3.9 0l-2 2a2.76 2.76 0 0 0 3.9 3.9l.6-.6" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m3.5 8.5 3 3 6-7" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon>
    <path d="m4.5 4.5 7 7m0-7-7 7" />
  </Icon>
);
export const PinIcon = ({ filled = false }: { filled?: boolean }) => (
  <Icon>
    <path d="M5.5 2.75h5l-.6 4 2.1 2.5H4l2.1-2.5z" fill={filled ? 'currentColor' : 'none'} />
    <path d="M8 9.5v4" />
  </Icon>
);
export const DownloadIcon = () => (
  <Icon>
    <path d="M8 2.75v7m0 0 2.75-2.75M8 9.75 5.25 7M3 13.25h10" />
  </Icon>
);
export const TrashIcon = () => (
  <Icon>
    <path d="M3 4.5h10M6.25 4.25v-1.5h3.5v1.5M4.5 4.75l.5 8.5h6l.5-8.5" />
  </Icon>
);
export const StopIcon = () => (
  <Icon>
    <rect x="4.25" y="4.25" width="7.5" height="7.5" rx="1" fill="currentColor" />
  </Icon>
);
export const RecordIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.25" />
    <circle cx="8" cy="8" r="2" fill="currentColor" />
  </Icon>
);
export const RunIcon = () => (
  <Icon>
    <path d="M5.25 3.5v9L12.5 8z" />
  </Icon>
);
export const ArrowUpIcon = () => (
  <Icon size={12}>
    <path d="M8 13V3.5M4 7.25 8 3.25l4 4" />
  </Icon>
);
export const ArrowDownIcon = () => (
  <Icon size={12}>
    <path d="M8 3v9.5M4 8.75l4 4 4-4" />
  </Icon>
);
export const SunIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="2.75" />
    <path d="M8 1.75v1M8 13.25v1M1.75 8h1M13.25 8h1M3.6 3.6l.7.7M11.7 11.7l.7.7M3.6 12.4l.7-.7M11.7 4.3l.7-.7" />
  </Icon>
);
export const MoonIcon = () => (
  <Icon>
    <path d="M13.25 9.6A5.6 5.6 0 0 1 6.4 2.75a5.6 5.6 0 1 0 6.85 6.85z" />
  </Icon>
);
export const SystemThemeIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.5" />
    <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon size={12}>
    <path d="m6 3.5 4.5 4.5L6 12.5" />
  </Icon>
);
export const QuestionIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.75" />
    <path d="M6.4 6.3a1.65 1.65 0 1 1 2.4 1.5c-.5.25-.8.6-.8 1.1v.2M8 11.2v.05" />
  </Icon>
);
