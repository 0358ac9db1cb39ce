import type { App } from '@slack/bolt';
import { readCommand } from '../../src/reading/command.ts';
import { commandNames } from './app-definition.ts';
import { Cards } from './cards.ts';
import { type IntakeParts, readPayload } from './intake.ts';
import { readMessageText } from './message-text.ts';
import { Command } from './payloads.ts';
import { placeMessage } from './place-link.ts';
import { commandScene } from './scene.ts';
import { show } from './show.ts';
import { localeFor, workspaceOf } from './standing.ts';

/**
 * `/licence <text>`: the card, private to the asker, in the ack itself. Nothing is stored. Somebody who asks where their open
 * request stands is shown the way to it.
 */
export function listenForCommands(app: App, parts: IntakeParts): void {
  const cards = new Cards(parts);
  for (const name of commandNames) {
    app.command(name, async ({ ack, body, respond }) => {
      const command = readPayload(parts, Command, body);
      if (command === undefined) return ack();
      const scene = commandScene(command);
      const text = readMessageText(command.text);
      const asked = readCommand(parts.knowledge(), text);
      const open =
        asked === 'summary' || asked === 'stand' ? await parts.store.openOf(workspaceOf(scene), scene.user) : undefined;
      if (open !== undefined) {
        await ack();
        return parts.afterwards.run('way to a request', async () => {
          const message = await placeMessage(parts, open);
          await show(parts, { scene, respond, threadTs: undefined }, message, 'privately');
        });
      }
      const [card, ...more] = cards.lookUp(text, await localeFor(parts, scene));
      await ack({ response_type: 'ephemeral', ...card });
      parts.afterwards.run('rest of a card', async () => {
        for (const page of more) await respond({ response_type: 'ephemeral', ...page });
        await parts.people.learn(scene);
      });
    });
  }
}
