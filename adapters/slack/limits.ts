/**
 * What Slack takes, in characters and counts. Sources: the comments of `@slack/types` 3.2 (block-kit/*, views.ts) unless a
 * line names another.
 */
export const limits = {
  /** https://github.com/slackapi/bolt-js/issues/2509 says 50; the rest is kept for buttons. */
  blocksPerMessage: 40,
  /** Undocumented, about 13,200 (https://github.com/slackapi/bolt-js/issues/2509): a margin below it. */
  textPerMessage: 12_000,
  /** Advised for `text`, which screen readers and notifications read (https://docs.slack.dev/reference/methods/chat.postMessage). */
  fallbackText: 4_000,
  /** A page of plain text: what is advised, with room for `&` written as `&amp;`. */
  plainText: 3_500,
  headerText: 150,
  contextText: 2_000,
  buttonText: 75,
  buttonsShown: 5,
  optionText: 75,
  /** 75 in `@slack/types`, 150 elsewhere: the smaller holds everywhere. */
  optionValue: 75,
  optionsPerMenu: 100,
  viewTitle: 24,
  viewButton: 24,
  viewBlocks: 100,
  /** What stands in a menu before anything is chosen. */
  placeholder: 150,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputText: 3_000,
  /** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: 5 uses within 30 minutes. */
  responseUrlUses: 5,
} as const;

/** Times and rates, in milliseconds. */
export const paces = {
  /** One message a second and channel, short bursts allowed (https://docs.slack.dev/apis/web-api/rate-limits). */
  postEveryMs: 1_000,
  postBurst: 8,
  /** How long a call may take before its end is unknown. Ours: above any answer Slack gives in practice. */
  callTimeoutMs: 10_000,
  /** Slack waits three seconds for an ack (https://docs.slack.dev/apis/events-api); a file must be here before that. */
  fileTimeoutMs: 1_500,
  /** How long an ack waits for what Slack knows of a person. Ours: far below those three seconds. */
  askBeforeAckMs: 800,
  /** How long a person's language and rights are remembered. */
  profileAgeMs: 24 * 60 * 60_000,
  /** How long the members of a user group are: who joins the help desk does not wait long. */
  groupAgeMs: 10 * 60_000,
} as const;

/** The longest file that is read, in bytes: the product's own limit for a text. */
export const fileLimit = 64 * 1024;
