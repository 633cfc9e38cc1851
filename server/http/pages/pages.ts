/** Whether pages can be rendered, and where. */
export type PagesState =
  | { readonly is: 'starting' }
  | { readonly is: 'ready'; readonly origin: string }
  | { readonly is: 'down'; readonly why: string };

/** Whoever renders the pages. */
export interface Pages {
  readonly state: PagesState;
}
