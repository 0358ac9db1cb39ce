/** What an examination found about one thing: well, or ill with what to do. For the operator. */
export interface Finding {
  readonly well: boolean;
  readonly about: string;
  readonly says: string;
}

export const well = (about: string, says: string): Finding => ({ well: true, about, says });
export const ill = (about: string, says: string): Finding => ({ well: false, about, says });

/** From here on our clock is worth a word. Slack over HTTP is refused at five minutes: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const skewSeconds = 60;

/** What an HTTP answer's `Date` says of our clock, which stood at `now` when it arrived; undefined where they agree. */
export function clockFinding(date: string | null, now: Date): Finding | undefined {
  const seconds = date === null ? 0 : Math.round((now.getTime() - Date.parse(date)) / 1_000);
  if (Number.isNaN(seconds) || Math.abs(seconds) < skewSeconds) return undefined;
  return ill(
    'clock',
    `is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead' : 'behind'}: synchronise it (NTP), or signed requests are refused`,
  );
}
