/** The outcome of a command: the data for `--json`, the blocks for people. */
export interface Report {
  readonly data: Readonly<Record<string, unknown>>;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Goes to stdout as it is, for another program: no colour, no blank line around it. */
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'diff'; readonly text: string }
  | { readonly kind: 'good' | 'warning' | 'bad'; readonly text: string };
