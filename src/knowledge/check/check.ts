import type { Problem } from '../../errors.ts';
import type { Knowledge } from '../knowledge.ts';
import { checkAsking } from './asking.ts';
import { checkBanned } from './banned.ts';
import { checkFlows } from './flows.ts';
import { checkGlossary } from './glossary.ts';
import { checkKeys } from './keys.ts';
import { checkReferences } from './references.ts';
import type { PolicyFacts, ProblemAt } from './report.ts';
import { sentencesOf } from './sentences.ts';
import { checkTexts } from './texts.ts';
import { checkTickets } from './tickets.ts';

/**
 * What no single file can show: where flows lead, whether every sentence is there in both languages, whether names resolve,
 * whether a sentence gives advice nobody should follow.
 */
export function checkKnowledge(knowledge: Knowledge, policies: PolicyFacts, at: ProblemAt): readonly Problem[] {
  const sentences = sentencesOf(knowledge.texts);
  return [
    ...checkReferences(knowledge, at),
    ...checkFlows(knowledge, policies, at),
    ...checkAsking(knowledge, policies, at),
    ...checkTexts(knowledge, at),
    ...checkTickets(knowledge, at),
    ...checkGlossary(knowledge, sentences, at),
    ...checkBanned(knowledge, sentences, at),
    ...checkKeys(knowledge, sentences, at),
  ];
}
