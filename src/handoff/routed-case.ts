import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Case, certain, factsOfCase } from './case.ts';
import type { RoutedCase } from './routes.ts';
import { severityOf } from './severity.ts';

/** What routes compare, from a case. */
export function routedCase(
  knowledge: Knowledge,
  item: Pick<Case, 'conversation' | 'desk' | 'details' | 'at'>,
): RoutedCase {
  const channel = certain(factsOfCase(knowledge, item), 'key-channel');
  return {
    desk: item.desk,
    channel: channel === undefined ? null : String(channel),
    customer: item.details.customer?.value ?? null,
    maker: item.details.maker?.value ?? null,
    language: item.conversation.locale,
    severity: severityOf(knowledge, item),
    workspace: item.conversation.workspace,
    at: item.at,
  };
}
