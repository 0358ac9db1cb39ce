import { randomBytes } from 'node:crypto';
import { checkBlocks, checkText, countText, elementsOfBlock } from './check-blocks.ts';
import { checkShape } from './check-shape.ts';
import { SlackError } from './errors.ts';
import { isJson, type Json, records, word } from './json.ts';
import { LIMITS } from './limits.ts';

/** The text and blocks of a message after Slack's checks, with the ids Slack fills in. */
export interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
  /** The text was longer than Slack keeps. */
  readonly truncated: boolean;
}

/** Checks a message body as Slack does. Throws `no_text`, `invalid_blocks` or `msg_blocks_too_long`. */
export function readContent(args: Json): Content {
  const text = word(args.text);
  const blocks = readBlocks(args.blocks);
  if (text === '' && blocks.length === 0) throw new SlackError('no_text');
  refuse('invalid_blocks', [
    ...checkBlocks(blocks, LIMITS.blocksPerMessage),
    ...checkShape('message', { text, blocks }),
  ]);
  if (countText(blocks) > LIMITS.blockTextTotal) throw new SlackError('msg_blocks_too_long');
  return {
    text: text.slice(0, LIMITS.messageText),
    blocks: blocks.map(complete),
    truncated: text.length > LIMITS.messageText,
  };
}

/** Checks a view as Slack does and fills in its ids. Throws `invalid_arguments` with the problems. */
export function readView(value: unknown): Json {
  if (!isJson(value)) throw new SlackError('invalid_arguments');
  const blocks = readBlocks(value.blocks);
  const problems = [
    ...checkBlocks(blocks, LIMITS.blocksPerView),
    ...checkShape('message', { blocks }),
    ...checkShape('view', value),
  ];
  const report = (path: string, problem: string) => problems.push(`${problem} [json-pointer:${path}]`);
  const limited = { ...(value.type === 'modal' && { title: LIMITS.viewTitle }) };
  for (const [key, most] of Object.entries(limited)) checkText(value[key], most, `/${key}`, report);
  const optional = {
    ...{ submit: LIMITS.viewTitle, close: LIMITS.viewTitle, private_metadata: LIMITS.privateMetadata },
    ...{ callback_id: LIMITS.id, external_id: LIMITS.id },
  };
  for (const [key, most] of Object.entries(optional)) {
    if (value[key] !== undefined && value[key] !== '') checkText(value[key], most, `/${key}`, report);
  }
  const hasInput = blocks.some((block) => block.type === 'input');
  if (value.type === 'modal' && hasInput && value.submit === undefined) {
    report('/submit', 'submit is required when an input block is present');
  }
  if (JSON.stringify(value).length > LIMITS.viewBytes) report('/', 'view too large');
  refuse('invalid_arguments', problems);
  return { ...mapObjects({ ...value, blocks: [] }, (part) => part), blocks: blocks.map(complete) };
}

function readBlocks(value: unknown): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((block) => isJson(block) && typeof block.type === 'string')) {
    throw new SlackError('invalid_blocks_format');
  }
  return records(value);
}

function refuse(code: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const messages = problems.map((problem) => `[ERROR] ${problem}`);
  throw new SlackError(code, { errors: problems, response_metadata: { messages } });
}

/** Fills in what Slack adds to a stored block: `block_id`, `action_id`, `emoji` and `verbatim`. */
function complete(block: Json): Json {
  const elements = new Set(elementsOfBlock(block));
  const withIds = mapObjects(block, (part) => (elements.has(part) ? { action_id: shortId(), ...part } : part));
  return { block_id: shortId(), ...withIds };
}

function mapObjects(part: Json, change: (part: Json) => Json): Json {
  const changed = Object.entries(change(part)).map(([key, value]) => [key, mapValue(value, change)]);
  const result: Json = Object.fromEntries(changed);
  if (result.type === 'plain_text') return { emoji: true, ...result };
  return result.type === 'mrkdwn' ? { verbatim: false, ...result } : result;
}

function mapValue(value: unknown, change: (part: Json) => Json): unknown {
  if (Array.isArray(value)) return value.map((item) => mapValue(item, change));
  return isJson(value) ? mapObjects(value, change) : value;
}

function shortId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5);
}
