/** A parameter that the dialog can ask for. `text` as typed is turned into the value by `readValue`. */
export type Field =
  | {
      kind: 'choice';
      name: string;
      label: string;
      hint: string;
      isRequired: boolean;
      choices: readonly Choice[];
    }
  | {
      kind: 'text';
      name: string;
      label: string;
      hint: string;
      isRequired: boolean;
      minLength: number;
      maxLength: number;
      pattern: string | null;
    }
  | {
      kind: 'number';
      name: string;
      label: string;
      hint: string;
      isRequired: boolean;
      isInteger: boolean;
      least: number | null;
      most: number | null;
    }
  | { kind: 'flag'; name: string; label: string; hint: string; isRequired: boolean };

type Choice = string | number;

export interface SchemaForm {
  fields: readonly Field[];
  /** What stands in the fields at first. */
  initial: Readonly<Record<string, string>>;
  /** Parameters of a form that this page does not ask for. */
  unsupported: readonly { name: string; isRequired: boolean }[];
}

export type Problem =
  | { kind: 'missing' | 'integer' | 'number' | 'pattern' }
  | { kind: 'least' | 'most' | 'shorter' | 'longer'; limit: number };

export type ReadParameters =
  | { state: 'complete'; params: Readonly<Record<string, unknown>> }
  | { state: 'incomplete'; problems: ReadonlyMap<string, Problem> };

const LONGEST_TEXT = 1000;
const TRUE = 'true';

/** The part of JSON Schema that operators' parameters need: strings, numbers, choices and switches of one object. */
export function formFromSchema(schema: Readonly<Record<string, unknown>>): SchemaForm {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields: Field[] = [];
  const unsupported: { name: string; isRequired: boolean }[] = [];
  const initial: Record<string, string> = {};
  for (const [name, property] of Object.entries(properties)) {
    const isRequired = required.includes(name);
    const field = isObject(property) ? fieldOf(name, property, isRequired) : null;
    if (field === null) unsupported.push({ name, isRequired });
    else {
      fields.push(field);
      initial[name] = initialText(field, isObject(property) ? property.default : undefined);
    }
  }
  return { fields, initial, unsupported };
}

function fieldOf(name: string, schema: Record<string, unknown>, isRequired: boolean): Field | null {
  const about = {
    name,
    label: typeof schema.title === 'string' ? schema.title : name,
    hint: typeof schema.description === 'string' ? schema.description : '',
    isRequired,
  };
  const choices = 'const' in schema ? [schema.const] : schema.enum;
  if (Array.isArray(choices)) {
    const known = choices.filter(isChoice);
    return known.length === choices.length && known.length > 0
      ? { kind: 'choice', ...about, choices: known }
      : null;
  }
  switch (schema.type) {
    case 'string':
      return {
        kind: 'text',
        ...about,
        minLength: numberOr(schema.minLength, 0),
        maxLength: numberOr(schema.maxLength, LONGEST_TEXT),
        pattern: typeof schema.pattern === 'string' ? schema.pattern : null,
      };
    case 'integer':
    case 'number':
      return {
        kind: 'number',
        ...about,
        isInteger: schema.type === 'integer',
        least: typeof schema.minimum === 'number' ? schema.minimum : null,
        most: typeof schema.maximum === 'number' ? schema.maximum : null,
      };
    case 'boolean':
      return { kind: 'flag', ...about };
    default:
      return null;
  }
}

/** A choice among one is made; among several a person makes it, unless the service has. */
function initialText(field: Field, fallback: unknown): string {
  if (isChoice(fallback) || typeof fallback === 'boolean') return String(fallback);
  return field.kind === 'choice' && field.isRequired && field.choices.length === 1
    ? String(field.choices[0])
    : '';
}

/** What was typed as parameters; an empty field that is not required is left out. */
export function readParameters(form: SchemaForm, texts: Readonly<Record<string, string>>): ReadParameters {
  const params: Record<string, unknown> = {};
  const problems = new Map<string, Problem>();
  for (const field of form.fields) {
    const read = readValue(field, texts[field.name] ?? '');
    if (read.problem !== undefined) problems.set(field.name, read.problem);
    else if (read.value !== undefined) params[field.name] = read.value;
  }
  for (const { name, isRequired } of form.unsupported)
    if (isRequired) problems.set(name, { kind: 'missing' });
  return problems.size === 0 ? { state: 'complete', params } : { state: 'incomplete', problems };
}

interface ReadValue {
  value?: unknown;
  problem?: Problem;
}

function readValue(field: Field, text: string): ReadValue {
  if (field.kind === 'flag') return { value: text === TRUE };
  if (text.trim() === '') return field.isRequired ? { problem: { kind: 'missing' } } : {};
  switch (field.kind) {
    case 'choice': {
      const value = field.choices.find((choice) => String(choice) === text);
      return value === undefined ? { problem: { kind: 'missing' } } : { value };
    }
    case 'text':
      return readText(field, text.trim());
    case 'number':
      return readNumber(field, text.trim());
  }
}

function readText(field: Extract<Field, { kind: 'text' }>, text: string): ReadValue {
  if (text.length < field.minLength) return { problem: { kind: 'longer', limit: field.minLength } };
  if (text.length > field.maxLength) return { problem: { kind: 'shorter', limit: field.maxLength } };
  if (field.pattern !== null && !fitsPattern(text, field.pattern)) return { problem: { kind: 'pattern' } };
  return { value: text };
}

function readNumber(field: Extract<Field, { kind: 'number' }>, text: string): ReadValue {
  const value = Number(text.replace(',', '.'));
  if (!Number.isFinite(value)) return { problem: { kind: field.isInteger ? 'integer' : 'number' } };
  if (field.isInteger && !Number.isSafeInteger(value)) return { problem: { kind: 'integer' } };
  if (field.least !== null && value < field.least) return { problem: { kind: 'least', limit: field.least } };
  if (field.most !== null && value > field.most) return { problem: { kind: 'most', limit: field.most } };
  return { value };
}

/** As JSON Schema has it: found anywhere in the text. A pattern that is none refuses nothing; the service will. */
function fitsPattern(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isChoice(value: unknown): value is Choice {
  return typeof value === 'string' || typeof value === 'number';
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
