import { type HostileFile, jsonFile, numbersFrom, textFile } from './hostile-file.ts';

/** What people drop by mistake. */
export function otherFiles(): readonly HostileFile[] {
  const binary = (name: string, start: string): HostileFile => ({
    name,
    bytes: Uint8Array.from({ length: 512 }, (_, at) => start.charCodeAt(at) || at % 251),
  });
  const next = numbersFrom(7);
  return [
    { name: 'empty.cpuprofile', bytes: new Uint8Array(0) },
    textFile('white-space.json', ' \r\n\t '),
    textFile('one-brace.json', '{'),
    textFile('one-bracket.json', '['),
    textFile('null.json', 'null'),
    textFile('number.json', '0'),
    textFile('object-of-nothing.cpuprofile', '{}'),
    textFile('list-of-nothing.json', '[]'),
    jsonFile('package.json', { name: 'opscenter', version: '0.1.0' }),
    jsonFile('some.heapsnapshot', { snapshot: { meta: { node_fields: ['type'] } }, nodes: [1, 2, 3] }),
    textFile('page.html', '<!doctype html><title>x</title><script>document.title="owned"</script>'),
    textFile('picture.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'owned\'"/>'),
    textFile('letter.txt', 'Dear reader,\nnothing is counted here.\n'),
    binary('archive.zip', 'PK\x03\x04'),
    binary('picture.png', '\x89PNG\r\n\x1a\n'),
    binary('document.pdf', '%PDF-1.7'),
    binary('program', '\x7fELF'),
    binary('database.db', 'SQLite format 3\0'),
    binary('recording.jfr', 'FLR\0'),
    binary('packed.zst', '\x28\xb5\x2f\xfd'),
    binary('gzip-that-is-none.gz', '\x1f\x8b\x08'),
    { name: 'noise.bin', bytes: Uint8Array.from({ length: 65_536 }, () => next() * 256) },
    { name: 'all-bytes.bin', bytes: Uint8Array.from({ length: 256 }, (_, byte) => byte) },
  ];
}
