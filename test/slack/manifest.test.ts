import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { manifestYaml, slackManifest } from '../../adapters/slack/manifest.ts';
import { shippedKnowledge } from '../support/knowledge.ts';

const file = fileURLToPath(new URL('../../adapters/slack/manifest.yaml', import.meta.url));
/** https://docs.slack.dev/reference/app-manifest */
const most = {
  name: 35,
  description: 140,
  shortcutName: 24,
  shortcutDescription: 150,
  commandDescription: 2_000,
  usageHint: 1_000,
};

interface Manifest {
  readonly display_information: { readonly name: string; readonly description: string };
  readonly features: {
    readonly shortcuts: readonly { readonly name: string; readonly description: string }[];
    readonly slash_commands: readonly {
      readonly description: string;
      readonly usage_hint: string;
      readonly url?: string;
    }[];
  };
  readonly settings: {
    readonly socket_mode_enabled: boolean;
    readonly event_subscriptions: { readonly request_url?: string };
  };
}

describe('the app manifest', () => {
  test('is what the code listens for (write it again with `vitest run test/slack/manifest.test.ts -u`)', async () => {
    const head =
      '# Generated from adapters/slack/manifest.ts and the knowledge; a test compares. For Socket Mode, one workspace.\n';
    await expect(`${head}${manifestYaml(shippedKnowledge())}`).toMatchFileSnapshot(file);
    expect(readFileSync(file, 'utf8')).toContain('/licence');
  });

  test('keeps to the lengths Slack takes', () => {
    const { display_information: about, features } = slackManifest(shippedKnowledge()) as Manifest;
    expect(about.name.length).toBeLessThanOrEqual(most.name);
    expect(about.description.length).toBeLessThanOrEqual(most.description);
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(most.shortcutName);
      expect(description.length).toBeLessThanOrEqual(most.shortcutDescription);
    }
    for (const { description, usage_hint } of features.slash_commands) {
      expect(description.length).toBeLessThanOrEqual(most.commandDescription);
      expect(usage_hint.length).toBeLessThanOrEqual(most.usageHint);
    }
  });

  test('names our addresses when Slack reaches us over HTTP', () => {
    const { features, settings } = slackManifest(shippedKnowledge(), 'https://desk.example.com') as Manifest;
    expect(settings.socket_mode_enabled).toBe(false);
    expect(settings.event_subscriptions.request_url).toBe('https://desk.example.com/slack/events');
    expect(features.slash_commands[0]?.url).toBe('https://desk.example.com/slack/events');
  });
});
