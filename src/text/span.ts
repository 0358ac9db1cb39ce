/**
 * A run of text as data. Adapters escape every `text`; nothing in it is markup.
 * `key` names a published client key by its id in `knowledge/editions.yaml`; it is expanded when rendered, so that no
 * key-shaped text is ever stored or logged. `person` is somebody of the platform by their id there; the adapter shows them, and
 * nobody is notified.
 */
export type Span =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'person'; readonly id: string };

export type Spans = readonly Span[];

export function plain(text: string): Spans {
  return [{ kind: 'text', text }];
}

/** The characters a reader sees, for length checks, plain-text fallbacks and tests. A key counts as its 29 characters. */
export function spansToText(spans: Spans, expandKey: (id: string) => string = () => 'X'.repeat(29)): string {
  return spans.map((span) => textOf(span, expandKey)).join('');
}

function textOf(span: Span, expandKey: (id: string) => string): string {
  if (span.kind === 'key') return expandKey(span.id);
  return span.kind === 'person' ? `@${span.id}` : span.text;
}
