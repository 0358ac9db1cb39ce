import { describe, expect, test } from 'vitest';
import { readMessageText } from '../../adapters/slack/message-text.ts';
import { commandScene, eventInstallation, eventScene, interactionScene } from '../../adapters/slack/scene.ts';
import { readSpot, writeSpot } from '../../adapters/slack/spot.ts';

const command = { team_id: 'T1', channel_id: 'C1', user_id: 'U1', text: '', trigger_id: '1', response_url: 'u' };
const shared = {
  team_id: 'T1',
  event_id: 'Ev1',
  authorizations: [{ team_id: 'T1', enterprise_id: null, is_enterprise_install: false }],
};

describe('who acted, and whose token answers', () => {
  test('in a shared channel: the actor of another team, our token', () => {
    expect(eventScene(shared, { user: 'U9', user_team: 'T9', team: 'T9' })).toEqual({
      installation: 'T1',
      team: 'T9',
      user: 'U9',
    });
    const press = {
      team: { id: 'T1' },
      enterprise: null,
      user: { id: 'U9', team_id: 'T9' },
      trigger_id: '1',
      actions: [{ action_id: 'a' }],
    };
    expect(interactionScene(press)).toEqual({ installation: 'T1', team: 'T9', user: 'U9' });
  });

  test('in an organisation that installed the app as a whole: its token, the team of the actor', () => {
    expect(commandScene({ ...command, enterprise_id: 'E1', is_enterprise_install: 'true' })).toEqual({
      installation: 'E1',
      team: 'T1',
      user: 'U1',
    });
    expect(
      eventInstallation({
        ...shared,
        authorizations: [{ team_id: null, enterprise_id: 'E1', is_enterprise_install: true }],
      }),
    ).toBe('E1');
  });

  test('where Slack tells no authorization: the team of the envelope', () => {
    expect(eventInstallation({ team_id: 'T1', event_id: 'Ev1' })).toBe('T1');
  });
});

describe('a spot', () => {
  test.each(['T1/C1', 'T1/C1/1605835904.008100', 'E1/@U1'])('%s is read as it was written', (text) => {
    expect(writeSpot(readSpot(text))).toBe(text);
  });
});

describe('what a person wrote', () => {
  test.each([
    ['<@UBOT1> 0xC004FC07', '0xC004FC07'],
    ['see <https://example.com|example.com> &amp; <https://a.example/b>', 'see example.com & https://a.example/b'],
    ['```\nName: Windows\n```', 'Name: Windows'],
    ['a &lt;b&gt;', 'a <b>'],
    ['<!channel> help', 'help'],
  ])('%s', (markup, text) => {
    expect(readMessageText(markup)).toBe(text);
  });
});
