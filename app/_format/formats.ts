/** Turns values into text for one locale. All durations and instants are explicit about their unit. */
export type Formats = ReturnType<typeof createFormats>;

/** The forms a counted noun takes; languages without a singular give `other` alone. */
export interface PluralForms {
  one?: string;
  two?: string;
  few?: string;
  many?: string;
  other: string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const NOT_MEASURED = '–';

const LATIN_UNIT = /^[A-Za-zµ]/;

/** @param timeZone IANA name; the reader's own if left out. */
export function createFormats(locale: string, timeZone?: string) {
  const zone = timeZone === undefined ? {} : { timeZone };
  const numbers = new Map<string, Intl.NumberFormat>();
  const plurals = new Intl.PluralRules(locale);
  const clockFormat = new Intl.DateTimeFormat(locale, { ...zone, timeStyle: 'medium' });
  const minuteFormat = new Intl.DateTimeFormat(locale, { ...zone, timeStyle: 'short' });
  const dateTimeFormat = new Intl.DateTimeFormat(locale, {
    ...zone,
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const dayTimeFormat = new Intl.DateTimeFormat(locale, {
    ...zone,
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const utcFormat = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    dateStyle: 'medium',
    timeStyle: 'long',
  });
  const dayKey = new Intl.DateTimeFormat('en-CA', { ...zone, dateStyle: 'short' });
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });

  function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    let format = numbers.get(key);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, options);
      numbers.set(key, format);
    }
    return format;
  }

  /** `digits`: how many after the decimal sign, at most. */
  function number(value: number, digits = 0): string {
    return numberFormat({ maximumFractionDigits: digits }).format(value);
  }

  /** Three significant figures or so: 0.123, 1.23, 12.3, 123. */
  function figure(value: number): string {
    const size = Math.abs(value);
    return number(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
  }

  /** A figure with its unit and, where the unit is in Latin letters, a space that does not break between them. */
  function withUnit(value: number, unit: string, digits: number): string {
    const parts = numberFormat({
      style: 'unit',
      unit,
      unitDisplay: 'narrow',
      maximumFractionDigits: digits,
    }).formatToParts(value);
    let text = '';
    for (const part of parts) {
      if (part.type === 'unit' && LATIN_UNIT.test(part.value) && !/\s$/.test(text)) text += '\u00a0';
      // The narrow minute of many languages is a bare m, which reads as metres; "min" is its sign everywhere.
      text += part.type === 'unit' && part.value === 'm' ? 'min' : part.value;
    }
    return text;
  }

  function bytes(value: number): string {
    let scaled = Math.abs(value);
    let index = 0;
    while (scaled >= 999.5 && index < BYTE_UNITS.length - 1) {
      scaled /= 1000;
      index += 1;
    }
    const digits = index === 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
    return withUnit(Math.sign(value) * scaled, BYTE_UNITS[index] ?? 'byte', digits);
  }

  function milliseconds(value: number): string {
    if (Math.abs(value) >= 1000) return duration(value / 1000);
    return withUnit(value, 'millisecond', Math.abs(value) >= 10 ? 0 : 1);
  }

  /** The two greatest units of a span: "340 ms", "12 s", "3 min 20 s", "2 h 5 min", "3 d 4 h" in the locale's words. */
  function duration(seconds: number): string {
    const size = Math.max(0, seconds);
    if (size > 0 && size < 1) return withUnit(size * 1000, 'millisecond', 0);
    if (size < 10 && size % 1 !== 0) return withUnit(size, 'second', 1);
    const whole = Math.round(size);
    if (whole < 60) return withUnit(whole, 'second', 0);
    if (whole < 3600) return pair(whole, 60, 'minute', 1, 'second');
    if (whole < 86_400) return pair(whole, 3600, 'hour', 60, 'minute');
    return pair(whole, 86_400, 'day', 3600, 'hour');
  }

  function pair(seconds: number, great: number, greatUnit: string, small: number, smallUnit: string): string {
    const greatCount = Math.floor(seconds / great);
    const smallCount = Math.floor((seconds - greatCount * great) / small);
    const greatText = withUnit(greatCount, greatUnit, 0);
    return smallCount === 0 ? greatText : `${greatText}\u00a0${withUnit(smallCount, smallUnit, 0)}`;
  }

  /** "3 instances": the figure and its noun. */
  function count(value: number, forms: PluralForms): string {
    return `${number(value)}\u00a0${plural(value, forms)}`;
  }

  function plural(value: number, forms: PluralForms): string {
    const category = plurals.select(value);
    return (category === 'zero' ? undefined : forms[category]) ?? forms.other;
  }

  return {
    locale,
    /** Whether the reader's own zone is UTC: then there is nothing to say twice. */
    isUtc: /^(Etc\/)?UTC$/.test(dateTimeFormat.resolvedOptions().timeZone),
    number,
    figure,
    bytes,
    milliseconds,
    duration,
    count,
    plural,
    /** Processor time per time: "0.12" of a core. */
    cores: (value: number) => number(value, value >= 10 ? 1 : 2),
    /** A fraction as percent: 0.042 is "4.2 %". */
    percent: (fraction: number) =>
      numberFormat({ style: 'percent', maximumFractionDigits: Math.abs(fraction) < 0.1 ? 1 : 0 }).format(
        fraction,
      ),
    /** A fraction as percent with one decimal always, to stand in a column: 0.5 is "50.0 %". */
    share: (fraction: number) =>
      numberFormat({ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(fraction),
    /** What was not measured is a dash, never a zero. */
    orDash: (value: number | null | undefined, format: (value: number) => string) =>
      value === null || value === undefined || Number.isNaN(value) ? NOT_MEASURED : format(value),
    list: (items: string[]) => conjunction.format(items),
    /** Time of day with seconds. */
    clock: (epochMs: number) => clockFormat.format(epochMs),
    /** Time of day without seconds. */
    minute: (epochMs: number) => minuteFormat.format(epochMs),
    dateTime: (epochMs: number) => dateTimeFormat.format(epochMs),
    /** With the zone's name. */
    utc: (epochMs: number) => utcFormat.format(epochMs),
    /** The time of day when it is today, else with its date. */
    moment: (epochMs: number, nowMs: number) =>
      dayKey.format(epochMs) === dayKey.format(nowMs)
        ? clockFormat.format(epochMs)
        : dayTimeFormat.format(epochMs),
  };
}
