import { handoffFieldStep, handoffStep } from '../../src/handoff/steps.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { readAddress, readStartAddress } from '../../src/message/address.ts';
import { readCommand } from '../../src/reading/command.ts';

/** Whether a press or a form may lead to contract data, so that it must be known whether a guest acts. */
export function mayShowContract(address: string): boolean {
  const start = readStartAddress(address);
  if (start !== undefined) return start.kind === 'person';
  const { step, choice } = readAddress(address) ?? {};
  return step === handoffStep || step === handoffFieldStep || (step === 'nav' && choice === 'person');
}

/** The same of a text in a conversation. */
export function asksForContract(knowledge: Knowledge, text: string): boolean {
  return readCommand(knowledge, text) === 'person';
}
