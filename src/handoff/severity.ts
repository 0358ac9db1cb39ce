import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Case, certain, factsOfCase } from './case.ts';
import type { Severity } from './ticket.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Source: Microsoft's slerror.h, SL_E_VALIDITY_PERIOD_EXPIRED. An expired evaluation shuts the server down about hourly. */
const validityExpired = '0xC004FC07';

/**
 * 1: production is down, or shuts itself down, without a workaround. 2: production is degraded, or the deadline is within a
 * day. 3: not activated, still running. 4: a question, or a test system.
 */
export function severityOf(knowledge: Knowledge, item: Pick<Case, 'conversation' | 'details' | 'at'>): Severity {
  const said = (field: string) => item.details[field]?.value ?? null;
  const level = said('impact-level');
  if (level === 'question') return 4;
  if (said('production') === 'no') return level === 'down' ? 3 : 4;
  const helpless = said('workaround') !== 'yes';
  if (helpless && (level === 'down' || isExpiredEvaluation(knowledge, item))) return 1;
  if (level === 'down' || level === 'degraded' || isDue(said('deadline'), item.at)) return 2;
  return 3;
}

function isExpiredEvaluation(knowledge: Knowledge, item: Pick<Case, 'conversation'>): boolean {
  const facts = factsOfCase(knowledge, item);
  const evaluates = certain(facts, 'key-channel') === 'evaluation' || certain(facts, 'installed-evaluation') === 'yes';
  return evaluates && certain(facts, 'error-code') === validityExpired;
}

function isDue(deadline: string | null, at: string): boolean {
  return deadline !== null && Date.parse(deadline) - Date.parse(at) < dayMs;
}
