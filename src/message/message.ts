import type { Locale } from '../text/locale.ts';
import type { Spans } from '../text/span.ts';

/**
 * What the bot shows, as a tree no platform knows. An adapter renders it with one `case` a block, escapes every span and
 * degrades (many choices become a menu) without asking the core.
 */
export interface Message {
  readonly locale: Locale;
  readonly blocks: readonly Block[];
  /** The choices of a prompt, in order. */
  readonly choices?: readonly Button[];
  /** What stands under every prompt or card (back, a person, another language, …). */
  readonly actions?: readonly Button[];
}

export type Block =
  | { readonly kind: 'heading'; readonly spans: Spans }
  | { readonly kind: 'paragraph'; readonly spans: Spans }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Spans[] }
  /** Preformatted text, kept verbatim: commands, a case file to copy. */
  | { readonly kind: 'code'; readonly text: string }
  /** Small print: progress, sources. */
  | { readonly kind: 'note'; readonly spans: Spans }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly name: string; readonly value: Spans }[] }
  | { readonly kind: 'divider' };

/**
 * A button. `address` says what a press means (see `address.ts`). `opens` asks the adapter to open the form that `formAt` gives
 * for the address, instead of pressing it: that of the step, or one to paste an output into.
 */
export interface Button {
  readonly label: string;
  readonly address: string;
  readonly style: 'primary' | 'plain' | 'danger';
  readonly opens?: 'form' | 'paste';
}

/** Several fields at once: a modal in Slack and Discord, questions in a row in a terminal. */
export interface Form {
  readonly locale: Locale;
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  readonly address: string;
  readonly fields: readonly Field[];
}

export type Field =
  | {
      /** `paragraph` takes several lines; `paste` what a server printed, where a platform can as a file. */
      readonly kind: 'text' | 'paragraph' | 'paste';
      readonly id: string;
      readonly label: string;
      readonly hint?: string;
      readonly maxLength: number;
      readonly value?: string;
    }
  | {
      readonly kind: 'number';
      readonly id: string;
      readonly label: string;
      readonly hint?: string;
      readonly value?: string;
    }
  | {
      readonly kind: 'choice';
      readonly id: string;
      readonly label: string;
      readonly hint?: string;
      readonly choices: readonly { readonly id: string; readonly label: string }[];
      readonly value?: string;
    };

/** What is wrong with a submitted form, by field id, in the person's language. */
export type FieldProblems = Readonly<Record<string, string>>;
