import { Client, type ClientOptions, Events, GatewayIntentBits, type Interaction, Partials, Status } from 'discord.js';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Destination } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { Timer } from '../../src/ports/timer.ts';
import type { WorkspaceStore } from '../../src/ports/workspace-store.ts';
import type { Bot } from '../../src/service/bot.ts';
import type { DiscordConfig } from '../config.ts';
import { Announcements } from './announcements.ts';
import { takeTyping } from './autocomplete.ts';
import { commandDefinitions, commandNames } from './commands.ts';
import { DiscordDestination } from './deliver.ts';
import type { IntakeParts } from './intake.ts';
import { takeDiagnosis, takeLookup } from './intake-commands.ts';
import { takeForm } from './intake-forms.ts';
import { takePress } from './intake-presses.ts';
import { takeSettings } from './intake-settings.ts';
import { takeText } from './intake-texts.ts';
import type { ExpandKey } from './markdown.ts';
import { createOpenPlace } from './open-place.ts';
import { missingIn } from './permissions.ts';
import { registerCommands } from './registration.ts';
import { DiscordRest } from './rest.ts';
import { createRender } from './send.ts';

export interface DiscordParts {
  readonly config: DiscordConfig;
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly places: PlaceStore;
  readonly workspaces: WorkspaceStore;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  /** How discord.js identifies; its own pace where it is absent. */
  readonly gateway?: Pick<NonNullable<ClientOptions['ws']>, 'buildIdentifyThrottler'>;
}

export interface Discord {
  readonly destination: Destination;
  /** Connects, and registers the commands where they have changed. */
  start(): Promise<void>;
  /** Takes nothing more, and resolves when what was begun is done. */
  stop(): Promise<void>;
  /** Whether every shard of this process hears Discord. */
  ready(): boolean;
}

/** No privileged intent: free text is heard in direct messages and where the bot is mentioned. */
const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** Wires Discord: intake over the gateway, deliveries over REST. Nothing is sent or received before `start`. */
export async function createDiscord({ config, gateway, expandKey, ...rest }: DiscordParts): Promise<Discord> {
  const client = createClient(config, gateway);
  const api = new DiscordRest(config.token, config.apiUrl);
  const render = createRender(rest.knowledge, expandKey);
  const announcements = new Announcements();
  const parts: IntakeParts = { ...rest, render, announcements };
  const running = new Set<Promise<void>>();
  const run = (what: string, work: () => Promise<void>) => {
    const done = work().catch((error: unknown) =>
      rest.log.error({ what, reason: String(error) }, 'discord: an act failed'),
    );
    running.add(done);
    void done.then(() => running.delete(done));
  };
  const openPlace = createOpenPlace({
    ...rest,
    rest: api,
    render,
    missing: (channel, asked) => missingIn(client, channel, asked),
    mention: () => `@${client.user?.username ?? ''}`,
    opened: (conversation, thread) => run('announcing a place', () => announcements.tell(conversation, thread)),
  });

  client.on(Events.InteractionCreate, (interaction) => run('interaction', () => dispatch(parts, interaction)));
  client.on(Events.MessageCreate, (message) => run('message', () => takeText(parts, message)));
  client.on(Events.Error, (error) => rest.log.warn({ reason: error.message }, 'discord: gateway'));

  return {
    destination: new DiscordDestination({ ...rest, rest: api, openPlace, render }),
    async start() {
      const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
      await client.login(config.token);
      await ready;
      const first = config.shards === 'auto' || config.shards.ids.includes(0);
      if (first && (await registerCommands(client.rest, config.applicationId, commandDefinitions(rest.knowledge())))) {
        rest.log.info({}, 'discord: commands registered');
      }
    },
    async stop() {
      client.removeAllListeners(Events.InteractionCreate).removeAllListeners(Events.MessageCreate);
      while (running.size > 0) await Promise.all(running);
      await client.destroy();
    },
    ready: () => client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready),
  };
}

function createClient({ apiUrl, shards }: DiscordConfig, ws: DiscordParts['gateway']): Client {
  return new Client({
    intents,
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    ...(apiUrl === undefined ? {} : { rest: { api: apiUrl } }),
    ...(shards === 'auto' ? { shards } : { shards: [...shards.ids], shardCount: shards.count }),
    ...(ws === undefined ? {} : { ws }),
  });
}

async function dispatch(parts: IntakeParts, interaction: Interaction): Promise<void> {
  if (interaction.isMessageComponent()) return takePress(parts, interaction);
  if (interaction.isModalSubmit()) return takeForm(parts, interaction);
  if (interaction.isAutocomplete()) return takeTyping(parts, interaction);
  if (interaction.isMessageContextMenuCommand()) return takeDiagnosis(parts, interaction);
  if (interaction.isChatInputCommand() && interaction.commandName === commandNames.lookup)
    return takeLookup(parts, interaction);
  if (interaction.isChatInputCommand() && interaction.commandName === commandNames.settings)
    return takeSettings(parts, interaction);
  parts.log.info({ interaction: interaction.id, type: interaction.type }, 'discord: an interaction that is not ours');
}
