import type { App } from '@slack/bolt';
import { commandNames } from './app-definition.ts';
import { type IntakeParts, readPayload, render } from './intake.ts';
import { readMessageText } from './message-text.ts';
import { Command } from './payloads.ts';
import { commandScene } from './scene.ts';

/** `/licence <text>`: the card, private to the asker, in the ack itself. Nothing is stored. */
export function listenForCommands(app: App, parts: IntakeParts): void {
  for (const name of commandNames) {
    app.command(name, async ({ ack, body, respond }) => {
      const command = readPayload(parts, Command, body);
      if (command === undefined) return ack();
      const scene = commandScene(command);
      const [card, ...more] = render(
        parts,
        parts.bot.lookUp(readMessageText(command.text), parts.people.localeOf(scene)),
      );
      await ack({ response_type: 'ephemeral', ...card });
      parts.afterwards.run('rest of a card', async () => {
        for (const page of more) await respond({ response_type: 'ephemeral', ...page });
        await parts.people.learn(scene);
      });
    });
  }
}
