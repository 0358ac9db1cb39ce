import type { Knowledge } from '../knowledge/knowledge.ts';
import type { CodeReading } from './codes.ts';
import { readKnownCodes } from './known-codes.ts';
import { readNearMisses } from './near-misses.ts';
import type { OutputReading } from './output/output.ts';
import { readOutput } from './output/read-output.ts';
import { factsOfOutput } from './output-facts.ts';

/** A fact somebody gave: read from what a server printed, or said in their own words. */
export interface Told {
  readonly question: string;
  readonly value: string | number;
  readonly origin: 'said' | 'read';
}

/** Everything a text says by codes and outputs. */
export interface Understanding {
  /** Canonical codes, the error of an attempt before the reason of a state, each once. */
  readonly codes: readonly string[];
  /** The first code is the reason of a state (a notification), not the error of an attempt. */
  readonly codeIsReason: boolean;
  readonly output: OutputReading | undefined;
  readonly facts: readonly Told[];
  /** A code with a digit too many or too few, when no whole one is there. */
  readonly malformed: { readonly written: string; readonly near: readonly string[] } | undefined;
}

/** Reads a redacted text. What is not there is absent; nothing is guessed. */
export function understand(knowledge: Knowledge, text: string): Understanding {
  const readings = readKnownCodes(knowledge, text);
  const sorted = readings.toSorted(byRole);
  const codes = [...new Set(sorted.map(({ code }) => code))];
  const found = readOutput(text);
  const output = found.kind === 'unknown' || found.kind === 'office' ? undefined : found;
  const [code] = codes;
  const printed = output === undefined ? [] : factsOfOutput(knowledge, output);
  const origin = output === undefined ? 'said' : 'read';
  const facts: readonly Told[] = [
    ...printed.map(([question, value]) => ({ question, value, origin: 'read' as const })),
    ...(code === undefined ? [] : [{ question: 'error-code', value: code, origin } as const]),
  ];
  const [miss] = codes.length > 0 ? [] : readNearMisses(text, knowledge.codes);
  return {
    codes,
    codeIsReason: sorted[0]?.role === 'reason',
    output,
    facts,
    malformed: miss === undefined ? undefined : { written: miss.raw, near: miss.proposals },
  };
}

function byRole(a: CodeReading, b: CodeReading): number {
  return Number(a.role === 'reason') - Number(b.role === 'reason');
}
