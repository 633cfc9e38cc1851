const UNFIT = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Text from an agent as it can be shown: cut to a length, without characters that act on the text around. */
export function toText(text: string, maxLength: number): string {
  return text.slice(0, maxLength).replace(UNFIT, '\ufffd');
}
