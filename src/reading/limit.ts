/** Characters of a text that are read for codes and output; the rest is only redacted. A `/dlv all` is far shorter. */
export const maxReadableLength = 100_000;
