import { describe, expect, test } from 'vitest';
import { type Locale, locales } from '../../src/text/locale.ts';
import { Transcript } from '../support/transcript.ts';

/** What people read on the main paths, in files to read through. After a wanted change of words: `npx vitest run test/flows -u`. */
const scripts: Readonly<Record<string, (transcript: Transcript, locale: Locale) => Transcript>> = {
  'evaluation-expired': (transcript) =>
    transcript
      .lookUp('0xC004FC07')
      .start('activation', { 'error-code': '0xC004FC07' })
      .choose('standard-eval', 'yes', 'no', 'standard', 'yes', '2022')
      .press('round', 'fixed')
      .press('nav', 'summary'),

  'answer-changed': (transcript) =>
    transcript
      .start('activation', { 'error-code': '0xC004FC07' })
      .choose('datacenter-eval', 'yes', 'no')
      .press('nav', 'back')
      .choose('no')
      .press('edit', 'licence-owned')
      .press('licence-owned', 'no')
      .press('change', 'keep')
      .press('edit', 'licence-owned')
      .press('licence-owned', 'no')
      .press('change', 'yes')
      .press('nav', 'person'),

  'output-pasted': (transcript) =>
    transcript
      .start('activation')
      .write(
        'Name: Windows(R), ServerStandardEval edition\nDescription: Windows(R) Operating System, TIMEBASED_EVAL channel\nLicense Status: Notification\nNotification Reason: 0xC004F009',
      )
      .pasteSecret('key: [removed]', 1),

  'asked-beside': (transcript, locale) =>
    transcript
      .start('activation', { 'error-code': '0xC004FC07' })
      .choose('standard-eval')
      .write(locale === 'ja' ? '0xDEADBEEF とは?' : 'what is 0xDEADBEEF?')
      .write(locale === 'ja' ? 'はい、いいえ' : 'yes or no')
      .strangerWrites(locale === 'ja' ? 'はい' : 'yes')
      .press('nav', 'summary')
      .press('nav', locale === 'ja' ? 'en' : 'ja')
      .press('nav', 'start-over'),

  'kms-then-clock': (transcript) =>
    transcript
      .start('activation', { 'error-code': '0xC004F074' })
      .choose('kms', 'right', 'open', 'count')
      .press('round', 'failing')
      .write('0xC004F06C')
      .choose('no')
      .press('round', 'another'),

  'key-for-another-edition': (transcript) => transcript.start('key').choose('ipk', 'no', 'standard', 'datacenter'),

  'key-for-another-version': (transcript) =>
    transcript.start('key').choose('ipk', 'no', 'standard', 'standard', 'no', 'key-newer').press('nav', 'person'),

  'mak-used-up': (transcript) =>
    transcript.start('activation', { 'error-code': '0xC004C008' }).choose('no', 'mak').press('nav', 'person'),

  'mainboard-replaced': (transcript) => transcript.start('hardware').choose('mainboard', 'oem').press('nav', 'person'),

  'no-network': (transcript) => transcript.start('network').choose('direct', 'yes', 'yes'),

  'closed-network': (transcript) =>
    transcript
      .start('activation', { 'error-code': 'unsure' })
      .choose('retail', 'unlicensed', 'yes', 'accepted', 'failed', 'none', 'refused'),

  'service-damaged': (transcript) => transcript.start('service').choose('yes', 'yes', 'yes', 'no'),

  'virtual-machine': (transcript) => transcript.start('vm').choose('hyper-v', 'yes', '2022', '2025'),

  'kms-host-too-old': (transcript) => transcript.start('kms-host').choose('yes', '2016', '2025'),

  'cal-version': (transcript) => transcript.start('cal').choose('version', 'standard', '2022', '2019', 'staff', 'no'),

  'cal-count': (transcript) =>
    transcript.start('cal').choose('count', 'no').fill({ 'cal-users': '40', 'cal-devices': '25' }),

  'rds-host': (transcript) => transcript.start('cal').choose('rds', 'host-cal', '2022', '2019'),
};

describe.each(locales)('in %s', (locale) => {
  test.each(Object.entries(scripts))('%s reads as it was read through', async (name, script) => {
    await expect(script(new Transcript(locale), locale).toString()).toMatchFileSnapshot(
      `golden/${name}.${locale}.golden.txt`,
    );
  });
});
