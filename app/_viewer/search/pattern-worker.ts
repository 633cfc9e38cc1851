import { createAnswerer, type PatternRequest } from './pattern-thread.ts';

const answer = createAnswerer((report) => self.postMessage(report));

self.addEventListener('message', (event: MessageEvent<PatternRequest>) => answer(event.data));
