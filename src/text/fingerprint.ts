const prime = 0x100000001b3n;
const mask = 0xffffffffffffffffn;

/** A short mark of a text, the same for the same text (FNV-1a, 64 bits). It tells changes apart; it proves nothing. */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * prime) & mask;
  return hash.toString(36);
}
