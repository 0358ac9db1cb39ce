/**
 * What Discord takes, in characters and counts. Source, unless a line names another:
 * https://docs.discord.com/developers/components/reference
 */
export const limits = {
  /** Blocks of one message of ours: of its 40 components, nested ones counted, the rest is kept for buttons and menus. */
  blocksPerMessage: 20,
  /** Text of all components together; not in the reference, refused by the API beyond. */
  textPerMessage: 4_000,
  /** https://docs.discord.com/developers/resources/message#create-message: the fields of an embed. */
  embedFields: 25,
  embedFieldName: 256,
  embedFieldValue: 1_024,
  buttonsPerRow: 5,
  buttonLabel: 80,
  customId: 100,
  optionsPerMenu: 25,
  optionText: 100,
  placeholder: 150,
  modalTitle: 45,
  modalFields: 5,
  fieldLabel: 45,
  fieldHint: 100,
  inputText: 4_000,
  /** Fewer than two or more than ten options are no radio group. */
  radioOptions: { least: 2, most: 10 },
  /** https://docs.discord.com/developers/interactions/application-commands#application-command-object */
  autocompleteChoices: 25,
  choiceText: 100,
  commandOptionText: 6_000,
} as const;

/** Times in milliseconds. Source: https://docs.discord.com/developers/interactions/receiving-and-responding */
export const times = {
  /** Discord waits three seconds for the first answer; half of it is ours before we defer. */
  deferAfterMs: 1_500,
  /** A token lives fifteen minutes; one is kept back for a slow line. */
  tokenMs: 14 * 60_000,
  /** How long a call may take before its end is unknown. Ours. */
  callTimeoutMs: 10_000,
  /** How long a person's file may take to arrive. Ours. */
  fileTimeoutMs: 8_000,
} as const;

/** The longest file that is read, in bytes: the product's own limit for a text, twice for UTF-16. */
export const fileLimit = 128 * 1024;

/** Answers by their code. Source: https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
export const errors = {
  unknownChannel: 10_003,
  unknownMessage: 10_008,
  unknownInteraction: 10_062,
  alreadyAnswered: 40_060,
  missingAccess: 50_001,
  cannotMessageUser: 50_007,
  /** A channel that holds no messages of its own: a forum. */
  notText: 50_008,
  missingPermissions: 50_013,
  /** A channel that holds no threads of that kind: a forum, announcements. */
  wrongChannelType: 50_024,
  archived: 50_083,
  threadExists: 160_004,
  threadLocked: 160_005,
  tooManyThreads: 160_006,
  /** A name that automatic moderation refuses. */
  moderated: 200_000,
  invalidBody: 50_035,
} as const;
