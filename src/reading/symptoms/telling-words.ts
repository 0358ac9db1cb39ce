const japaneseWord = new Intl.Segmenter('ja', { granularity: 'word' });
const latin = /[a-z0-9]+/g;
const japaneseRun = /[\u3040-\u30ff\u3400-\u9fff]+/g;
const ideographs = /[\u3400-\u9fff]+/g;
/** A segment of Japanese that says something: no particle, no ending, no single character. */
const telling = /^(?=.*[ァ-ヺ\u3400-\u9fff])..+$/;

/**
 * The words of a folded text by which situations are told apart: Latin words without their endings, Japanese words, and pairs
 * of ideographs, which still agree where the segmenter cuts a compound differently. `common` words are left out.
 */
export function tellingWords(folded: string, common: ReadonlySet<string>): readonly string[] {
  const latinWords = (folded.match(latin) ?? []).filter((word) => !common.has(word)).map(stem);
  const runs = folded.match(japaneseRun) ?? [];
  const segments = runs.flatMap((run) => Array.from(japaneseWord.segment(run), ({ segment }) => segment));
  const pairs = runs.flatMap((run) => run.match(ideographs) ?? []).flatMap(pairsOf);
  return [
    ...new Set([
      ...latinWords,
      ...segments.filter((segment) => telling.test(segment) && !common.has(segment)),
      ...pairs,
    ]),
  ];
}

/** `expired`, `expires` and `expiry` alike. */
function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ations?|ated?|ates|ating|ings?|ed|es|s|y|e)$/, '') : word;
}

function pairsOf(run: string): readonly string[] {
  return Array.from({ length: Math.max(0, run.length - 1) }, (_, at) => run.slice(at, at + 2));
}
