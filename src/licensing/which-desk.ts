import { textFact } from './facts.ts';
import type { Policy } from './policy.ts';
import { verdictOf } from './verdict.ts';

/** Who decides about a key, by how it was bought. The value is the desk, or `unknown`. */
export const whichDesk: Policy = {
  needs: ['key-channel'],
  results: ['reseller', 'oem', 'vl-support', 'internal', 'unknown'],
  run: ({ editions }, facts) => {
    const channel = editions.channels.find(({ answer }) => answer === textFact(facts, 'key-channel'));
    return channel === undefined
      ? { value: 'unknown', verdict: verdictOf('unknown', 'desk-unknown', {}, ['channel-read']) }
      : { value: channel.desk, verdict: verdictOf('yes', `desk-${channel.desk}`) };
  },
};
