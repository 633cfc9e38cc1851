import { createReadStream } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { openProfile, type Profile, ProfileError, unpackGzip } from '#profile/index.ts';
import type { UrlsAnswer, UrlsTask } from './source-tasks.ts';

/** The thread that finds out which files a profile names: one artifact, one answer. Its memory is limited from outside. */

const READ_BLOCK_BYTES = 4 * 1024 * 1024;
const MOST_URLS = 100_000;
const MOST_CHARACTERS = 16 * 1024 * 1024;

async function findUrls(task: UrlsTask): Promise<UrlsAnswer> {
  const format = openProfile(task);
  if (format === undefined) return { kind: 'unreadable', why: 'it holds no functions' };
  const chunks: AsyncIterable<Uint8Array> = createReadStream(task.path, { highWaterMark: READ_BLOCK_BYTES });
  for await (const chunk of format.isGzip ? unpackGzip(chunks) : chunks) format.reader.push(chunk);
  const urls = new Set<string>();
  for (const { profile } of format.reader.end().profiles) addUrls(profile, urls);
  const characters = [...urls].reduce((sum, url) => sum + url.length, 0);
  if (urls.size > MOST_URLS || characters > MOST_CHARACTERS)
    return { kind: 'unreadable', why: 'it names more files than any program has' };
  return { kind: 'urls', urls: [...urls] };
}

function addUrls({ functions, strings }: Profile, urls: Set<string>): void {
  for (const url of new Set(functions.url)) urls.add(strings[url] ?? '');
  urls.delete('');
}

function toAnswer(error: unknown): UrlsAnswer {
  if (error instanceof ProfileError) return { kind: 'unreadable', why: error.message.replace(/\.$/, '') };
  throw error;
}

parentPort?.postMessage(await findUrls(workerData as UrlsTask).catch(toAnswer));
