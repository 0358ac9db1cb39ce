import { versions } from '../knowledge/schema/editions.ts';
import { foldWords } from './phrase.ts';

const versionWord = /(?<![a-z0-9])(20(?:08|12|16|19|22|25))( ?r2)?(?![0-9])/g;
const calAfter =
  /^['’]?s? ?(?:の|用の?|版の?)? ?(?:windows server ?)?(?:rds |user |device |ユーザー ?|デバイス ?)?(?:cals?(?![a-z])|client access licen[cs]es?|クライアント アクセス ライセンス)/;
const calWord = /(?<![a-z])cals?(?![a-z])|client access licen[cs]e|クライアント アクセス ライセンス/;
const rdsWord = /(?<![a-z])rds(?![a-z])|remote desktop|リモート デスクトップ/;

/**
 * The two versions of a question whether a CAL reaches a server: the one written before the word CAL, and the other.
 * Undefined for a text that speaks of no CAL, or of RDS CALs, which have rules of their own.
 */
export function readCalQuestion(text: string): ReadonlyMap<string, string> | undefined {
  const folded = foldWords(text.slice(0, 2000));
  if (!calWord.test(folded) || rdsWord.test(folded)) return undefined;
  const facts = new Map<string, string>();
  for (const match of folded.matchAll(versionWord)) {
    const version = `${match[1]}${match[2] === undefined ? '' : 'r2'}`;
    const isCal = calAfter.test(folded.slice(match.index + match[0].length));
    const question = isCal && !facts.has('cal-version') ? 'cal-version' : 'server-version';
    if (versions.some((known) => known === version) && !facts.has(question))
      facts.set(question, question === 'cal-version' ? version.replace('r2', '') : version);
  }
  return facts;
}
