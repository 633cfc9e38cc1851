import type { Api } from './api.ts';
import { BodyInvalid } from './errors.ts';

/**
 * Bodies are JSON in valid UTF-8 and nothing else. Keys that would reach an object's prototype are an error, and an empty
 * body counts as none, so that programs that always send the content type can still send nothing.
 */
export function readJsonStrictly(app: Api): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer);
    } catch (error) {
      done(new BodyInvalid('it is not UTF-8', { cause: error }));
      return;
    }
    parseJson(request, text, (error, value) => {
      if (error) done(new BodyInvalid('it is not JSON, or has a key that is not allowed', { cause: error }));
      else done(null, value);
    });
  });
}
