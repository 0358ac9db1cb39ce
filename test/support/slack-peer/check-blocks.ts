import { child, isJson, type Json, records, word } from './json.ts';
import { LIMITS } from './limits.ts';

type Report = (path: string, problem: string) => void;

/** What Slack would refuse in a list of blocks: lengths, counts, missing and repeated ids. Empty when all is well. */
export function checkBlocks(blocks: readonly Json[], most: number): string[] {
  const problems: string[] = [];
  const report: Report = (path, problem) => problems.push(`${problem} [json-pointer:${path}]`);
  if (blocks.length > most) report('/blocks', `no more than ${most} items allowed, ${blocks.length} given`);
  checkUnique(blocks.map((block) => word(block.block_id)).filter(Boolean), 'block_id', '/blocks', report);
  for (const [index, block] of blocks.entries()) checkBlock(block, `/blocks/${index}`, report);
  return problems;
}

/** Characters of all text in blocks, which Slack limits as a sum. */
export function countText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countText(item), 0);
  if (!isJson(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : countText(item)),
    0,
  );
}

/** Reports a text (a string or a text object) that is missing, empty or too long. */
export function checkText(value: unknown, most: number, path: string, report: Report): void {
  const text = isJson(value) ? word(value.text) : word(value);
  if (text.length === 0) report(path, 'must be more than 0 characters');
  if (text.length > most) report(path, `must be less than ${most + 1} characters, ${text.length} given`);
}

function checkOptional(value: unknown, most: number, path: string, report: Report): void {
  if (value !== undefined && value !== null) checkText(value, most, path, report);
}

function checkCount(list: readonly unknown[], least: number, most: number, path: string, report: Report): void {
  if (list.length < least) report(path, `no fewer than ${least} items required`);
  if (list.length > most) report(path, `no more than ${most} items allowed, ${list.length} given`);
}

function checkUnique(ids: readonly string[], what: string, path: string, report: Report): void {
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) report(path, `${what} "${repeated}" already exists`);
}

function checkBlock(block: Json, path: string, report: Report): void {
  checkOptional(block.block_id, LIMITS.id, `${path}/block_id`, report);
  const elements = elementsOfBlock(block);
  checkUnique(elements.map((element) => word(element.action_id)).filter(Boolean), 'action_id', path, report);
  for (const [index, element] of elements.entries()) checkElement(element, `${path}/elements/${index}`, report);
  switch (block.type) {
    case 'section':
      checkSection(block, path, report);
      break;
    case 'header':
      checkText(block.text, LIMITS.header, `${path}/text`, report);
      break;
    case 'markdown':
      checkText(block.text, LIMITS.markdown, `${path}/text`, report);
      break;
    case 'context':
      for (const [index, part] of records(block.elements).entries()) {
        if (part.type !== 'image') checkText(part, LIMITS.sectionText, `${path}/elements/${index}`, report);
      }
      checkCount(records(block.elements), 1, LIMITS.contextElements, `${path}/elements`, report);
      break;
    case 'actions':
      checkCount(records(block.elements), 1, LIMITS.actionsElements, `${path}/elements`, report);
      break;
    case 'input':
      checkText(block.label, LIMITS.inputLabel, `${path}/label`, report);
      checkOptional(block.hint, LIMITS.inputHint, `${path}/hint`, report);
      break;
    case 'image':
      checkText(block.alt_text, LIMITS.altText, `${path}/alt_text`, report);
      break;
    case 'table':
      checkTable(block, path, report);
      break;
  }
}

function checkSection(block: Json, path: string, report: Report): void {
  if (block.text === undefined && block.fields === undefined) report(path, 'text or fields required');
  checkOptional(block.text, LIMITS.sectionText, `${path}/text`, report);
  if (block.fields === undefined) return;
  const fields = records(block.fields);
  checkCount(fields, 1, LIMITS.sectionFields, `${path}/fields`, report);
  for (const [index, field] of fields.entries()) {
    checkText(field, LIMITS.sectionField, `${path}/fields/${index}`, report);
  }
}

function checkTable(block: Json, path: string, report: Report): void {
  const rows = Array.isArray(block.rows) ? block.rows.filter(Array.isArray) : [];
  checkCount(rows, 1, LIMITS.tableRows, `${path}/rows`, report);
  for (const row of rows) checkCount(row, 1, LIMITS.tableColumns, `${path}/rows`, report);
}

/** The interactive elements of a block: of an actions block, an accessory, or the element of an input. */
export function elementsOfBlock(block: Json): readonly Json[] {
  const lists = [
    block.type === 'actions' || block.type === 'context_actions' ? records(block.elements) : [],
    block.type === 'section' && isJson(block.accessory) ? [block.accessory] : [],
    block.type === 'input' && isJson(block.element) ? [block.element] : [],
  ];
  return lists.flat().filter((element) => element.type !== 'image');
}

function checkElement(element: Json, path: string, report: Report): void {
  checkOptional(element.action_id, LIMITS.id, `${path}/action_id`, report);
  checkOptional(element.placeholder, LIMITS.placeholder, `${path}/placeholder`, report);
  if (isJson(element.confirm)) checkConfirm(element.confirm, `${path}/confirm`, report);
  switch (element.type) {
    case 'button':
      checkText(element.text, LIMITS.buttonText, `${path}/text`, report);
      checkOptional(element.value, LIMITS.buttonValue, `${path}/value`, report);
      checkOptional(element.url, LIMITS.url, `${path}/url`, report);
      break;
    case 'static_select':
    case 'multi_static_select':
      checkSelect(element, path, report);
      break;
    case 'radio_buttons':
    case 'checkboxes':
      checkOptions(element.options, LIMITS.radioOptions, path, report);
      break;
    case 'overflow':
      checkOptions(element.options, LIMITS.overflowOptions, path, report);
      break;
    case 'plain_text_input':
      if (Number(element.max_length ?? 1) > LIMITS.textInput) report(path, `max_length above ${LIMITS.textInput}`);
      checkOptional(element.initial_value || undefined, LIMITS.textInput, `${path}/initial_value`, report);
      break;
  }
}

function checkSelect(element: Json, path: string, report: Report): void {
  if (element.option_groups === undefined) {
    checkOptions(element.options, LIMITS.options, path, report);
    return;
  }
  const groups = records(element.option_groups);
  checkCount(groups, 1, LIMITS.optionGroups, `${path}/option_groups`, report);
  for (const [index, group] of groups.entries()) {
    checkText(group.label, LIMITS.optionText, `${path}/option_groups/${index}/label`, report);
    checkOptions(group.options, LIMITS.options, `${path}/option_groups/${index}`, report);
  }
}

/** Reports what Slack would refuse in a list of options. */
export function checkOptions(value: unknown, most: number, path: string, report: Report): void {
  const options = records(value);
  checkCount(options, 1, most, `${path}/options`, report);
  checkUnique(
    options.map((option) => word(option.value)),
    'option value',
    path,
    report,
  );
  for (const [index, option] of options.entries()) {
    checkText(option.text, LIMITS.optionText, `${path}/options/${index}/text`, report);
    checkText(option.value, LIMITS.optionValue, `${path}/options/${index}/value`, report);
    checkOptional(option.description, LIMITS.optionText, `${path}/options/${index}/description`, report);
  }
}

function checkConfirm(confirm: Json, path: string, report: Report): void {
  checkText(confirm.title, LIMITS.confirmTitle, `${path}/title`, report);
  checkText(child(confirm, 'text'), LIMITS.confirmText, `${path}/text`, report);
  checkOptional(confirm.confirm, LIMITS.confirmButton, `${path}/confirm`, report);
  checkOptional(confirm.deny, LIMITS.confirmButton, `${path}/deny`, report);
}
