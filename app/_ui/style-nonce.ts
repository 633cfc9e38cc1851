/**
 * Radix keeps the page behind a dialog from scrolling by a style element, which our policy allows only with the nonce of
 * the page. The library that makes it (get-nonce) looks for the nonce under this name, webpack's. Scripts keep theirs in
 * a property that style sheets and selectors cannot read.
 */
export function allowOwnStyles(): void {
  if (typeof document === 'undefined') return;
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;
  if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });
}
