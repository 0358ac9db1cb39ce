import type { App } from '@slack/bolt';
import { commandNames } from './app-definition.ts';
import { Cards } from './cards.ts';
import { type IntakeParts, readPayload } from './intake.ts';
import { readMessageText } from './message-text.ts';
import { askedRequests, standingMessage } from './open-requests.ts';
import { Command } from './payloads.ts';
import { commandScene } from './scene.ts';
import { show } from './show.ts';
import { localeFor } from './standing.ts';

/**
 * `/licence <text>`: the card, private to the asker, in the ack itself. Nothing is stored. Somebody who asks for their open
 * requests is shown where each stands.
 */
export function listenForCommands(app: App, parts: IntakeParts): void {
  const cards = new Cards(parts);
  for (const name of commandNames) {
    app.command(name, async ({ ack, body, respond }) => {
      const command = readPayload(parts, Command, body);
      if (command === undefined) return ack();
      const scene = commandScene(command);
      const text = readMessageText(command.text);
      const open = await askedRequests(parts, scene, text);
      if (open.length > 0) {
        await ack();
        return parts.afterwards.run('open requests', async () => {
          const message = await standingMessage(parts, scene, text, open);
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
