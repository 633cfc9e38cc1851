const ENDINGS = /(\.(cpuprofile|heapprofile|pprof|pb|json|txt|collapsed|folded|speedscope|trace|gz|zip))+$/i;
/** What a file system, a shell or a browser could take for something else. */
const UNSAFE = /[^\p{L}\p{N}._-]+/gu;
const LONGEST = 100;

export type ExportForm = 'png' | 'svg' | 'collapsed' | 'speedscope' | 'pprof';

const NEW_ENDINGS: Readonly<Record<ExportForm, string>> = {
  png: '.png',
  svg: '.svg',
  collapsed: '.collapsed.txt',
  speedscope: '.speedscope.json',
  pprof: '.pb.gz',
};

/** As what is written of a file is called: like the file, with what it shows of it, if that is not all, and its own ending. */
export function exportedName(fileName: string, part: string, form: ExportForm): string {
  const name = safe(fileName.replace(ENDINGS, '')) || 'profile';
  const shown = safe(part);
  return `${name}${shown === '' ? '' : `-${shown}`}${NEW_ENDINGS[form]}`;
}

function safe(text: string): string {
  return text
    .replace(UNSAFE, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, LONGEST);
}
