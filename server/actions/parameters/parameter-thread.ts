import { parentPort } from 'node:worker_threads';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { ParameterTask, ParameterVerdict } from './parameter-task.ts';

/** The checking thread: its time and memory are limited from outside, since schemas come from agents. */

function check({ schema, params }: ParameterTask): ParameterVerdict {
  // One for each schema, so that what one names does not meet what another names. Formats are only words here, and
  // one mistake is enough: to look for all can take a schema's author's own time.
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false, addUsedSchema: false });
  let validate: ReturnType<Ajv2020['compile']>;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    return { kind: 'unusable', why: error instanceof Error ? error.message : String(error) };
  }
  // A schema that calls itself asynchronous answers with a promise, which would count as true.
  if ('$async' in validate) return { kind: 'unusable', why: 'it is asynchronous' };
  if (validate(params)) return { kind: 'fits' };
  const [error] = validate.errors ?? [];
  return error ? toMistake(error) : { kind: 'mistaken', path: '', message: 'it is not valid' };
}

function toMistake({
  instancePath,
  params,
  keyword,
  message = 'it is not valid',
}: ErrorObject): ParameterVerdict {
  const parts = instancePath.split('/').filter(Boolean);
  if (keyword === 'required') {
    return { kind: 'mistaken', path: [...parts, params.missingProperty].join('.'), message: 'is missing' };
  }
  if (keyword === 'additionalProperties' || keyword === 'unevaluatedProperties') {
    const name = params.additionalProperty ?? params.unevaluatedProperty;
    return { kind: 'mistaken', path: [...parts, name].join('.'), message: 'is not expected here' };
  }
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) {
    const allowed = params.allowedValues.slice(0, 20).map((value: unknown) => JSON.stringify(value));
    return { kind: 'mistaken', path: parts.join('.'), message: `must be one of ${allowed.join(', ')}` };
  }
  return { kind: 'mistaken', path: parts.join('.'), message };
}

parentPort?.on('message', (task: ParameterTask) => parentPort?.postMessage(check(task)));
parentPort?.postMessage('ready');
