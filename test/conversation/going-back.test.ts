import { describe, expect, test } from 'vitest';
import { choose, conversationIn, effectKinds, effectOf, factOf, positionOf, press, promptOf } from '../support/talk.ts';

const atLicence = choose(conversationIn('evaluation'), 'standard-eval');
const atController = choose(atLicence, 'yes');

describe('back', () => {
  test('asks the last answered question again', () => {
    const talk = press(atController, 'nav', 'back');
    expect(promptOf(talk)).toBe('licence-owned');
    expect(factOf(talk, 'licence-owned')).toBeUndefined();
    expect(factOf(talk, 'installed-edition-id')).toBe('standard-eval');
  });

  test('right after a person was asked for shows where it stands, and only then takes an answer back', () => {
    const stands = press(press(atController, 'nav', 'person'), 'nav', 'back');
    expect(promptOf(stands)).toBe('domain-controller');
    expect(factOf(stands, 'licence-owned')).toBe('yes');
    expect(stands.conversation.person).toBeNull();
    expect(promptOf(press(stands, 'nav', 'back'))).toBe('licence-owned');
  });

  test('twice goes two questions back', () => {
    expect(promptOf(press(press(atController, 'nav', 'back'), 'nav', 'back'))).toBe('installed-edition-id');
  });

  test('from an outcome asks the question that led there', () => {
    const ended = choose(atLicence, 'no');
    expect(effectKinds(ended)).toContain('conclude');
    expect(promptOf(press(ended, 'nav', 'back'))).toBe('licence-owned');
  });

  test('turns the prompt that stood asked into a line that says so', () => {
    const talk = press(atController, 'nav', 'back');
    expect(effectOf(talk, 'settle')).toMatchObject({
      step: 'domain-controller',
      turn: atController.conversation.turn,
      values: null,
    });
  });

  test('at the first question says there is nothing before it, and asks it again', () => {
    const talk = press(conversationIn('evaluation'), 'nav', 'back');
    expect(effectOf(talk, 'say').phrase).toBe('nothing-to-go-back');
    expect(promptOf(talk)).toBe('installed-edition-id');
  });

  test('takes back a whole form', () => {
    const heads = conversationIn('cal', {
      'cal-topic': 'count',
      'cal-sharing': 'no',
      'cal-users': 10,
      'cal-devices': 20,
    });
    expect(positionOf(heads)).toBe('cal-count-verdict');
    const talk = press(heads, 'nav', 'back');
    expect(promptOf(talk)).toBe('cal-heads');
    expect(factOf(talk, 'cal-users')).toBeUndefined();
    expect(factOf(talk, 'cal-devices')).toBeUndefined();
  });

  test('takes back what was read from an output too', () => {
    const talk = conversationIn('evaluation', { 'installed-edition-id': 'standard-eval' }, { origin: 'read' });
    expect(promptOf(press(talk, 'nav', 'back'))).toBe('installed-edition-id');
  });

  test('over a question that the answer before it had decided comes to what was said', () => {
    const assured = conversationIn('cal', {
      'cal-topic': 'version',
      'cal-edition': 'standard',
      'server-version': '2025',
      'cal-version': '2022',
      'cal-access': 'staff',
      'cal-assurance': 'yes',
    });
    expect(promptOf(press(assured, 'nav', 'back'))).toBe('cal-assurance');
  });
});
