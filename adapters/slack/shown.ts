/** Which answers that nothing keeps were shown, so that an event that comes again is not answered again. */
export class Shown {
  readonly #receipts = new Set<string>();

  /** Whether this is the first time; lately, since old ones are forgotten. */
  first(receipt: string): boolean {
    if (this.#receipts.has(receipt)) return false;
    if (this.#receipts.size > 10_000) this.#receipts.clear();
    this.#receipts.add(receipt);
    return true;
  }
}
