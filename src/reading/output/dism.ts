import { type OutputFields, onlyFound } from './output.ts';
import type { Tidied } from './tidy.ts';
import { editionTraits, readBuild, readHexCodes } from './values.ts';

const target = '(?:Target|ターゲット|目标|Ziel|destino|cible|대상)';
const current = '(?:Current|現在|当前|Aktuell|actual|actuelle|atual|현재)';
const edition = '(?:Edition|エディション|のエディション|版本|edici|dition|버전)';
const stop = `(?=${target}|${current}|The?operation|Deployment|Image|Error|[^A-Za-z]|$)`;
const named = (which: string) =>
  new RegExp(`${which}\\D{0,12}?${edition}[^:]{0,6}:([A-Z][A-Za-z]{2,40}?)${stop}`, 'gi');
const targets = named(target);
const currents = named(current);
const banner = /Deployment Image Servicing|展開イメージのサービス/i;
const error = /(?:Error|エラー|错误|Fehler|Erreur|오류)\s{0,3}:\s{0,3}(0x[0-9a-f]{8}|\d{1,5})(?![\da-z])/gi;

/** True of what DISM prints: its banner, an edition line or, where DISM is named, an error line. */
export function isDism(tidied: Tidied): boolean {
  if (banner.test(tidied.text)) return true;
  if ([...tidied.squeezed.matchAll(targets), ...tidied.squeezed.matchAll(currents)].length > 0) return true;
  return /\bDISM\b/i.test(tidied.text) && [...tidied.text.matchAll(error)].length > 0;
}

/** Reads the edition, the editions it can become, and DISM's errors; a Win32 number becomes 0x8007 and its hex. */
export function readDism(tidied: Tidied): OutputFields {
  const [installed] = [...tidied.squeezed.matchAll(currents)].map((match) => match[1] ?? '');
  const targetEditions = [...tidied.squeezed.matchAll(targets)].map((match) => match[1] ?? '');
  const numbers = [...tidied.text.matchAll(error)].map((match) => match[1] ?? '').filter((each) => !/^0x/i.test(each));
  const codes = [...new Set([...numbers.map(fromWin32), ...readHexCodes(tidied.text)])];
  const image = /(?:ImageVersion|イメージのバージョン|映像版本|Abbildversion):([\d.]{5,30})/i.exec(
    tidied.squeezed,
  )?.[1];
  return onlyFound({
    ...(installed === undefined ? {} : editionTraits(installed)),
    ...(image === undefined ? {} : readBuild(image, installed)),
    targetEditions: targetEditions.length > 0 ? [...new Set(targetEditions)] : undefined,
    codes: codes.length > 0 ? codes : undefined,
  });
}

function fromWin32(digits: string): string {
  return `0x8007${Number(digits).toString(16).toUpperCase().padStart(4, '0')}`;
}
