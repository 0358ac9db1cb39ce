import { Events, type Interaction } from 'discord.js';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Destination } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { Timer } from '../../src/ports/timer.ts';
import type { Bot } from '../../src/service/bot.ts';
import type { DiscordConfig } from '../config.ts';
import type { Workspaces } from '../configured-workspaces.ts';
import { Announcements } from './announcements.ts';
import { commandDefinitions } from './commands.ts';
import { DiscordDestination } from './deliver.ts';
import { dispatch } from './dispatch.ts';
import { connect, createClient, holdsFirstShard, type IdentifyPace, isHearing } from './gateway.ts';
import type { IntakeParts } from './intake.ts';
import { takeText } from './intake-texts.ts';
import type { ExpandKey } from './markdown.ts';
import { createOpenPlace } from './open-place.ts';
import { missingIn } from './permissions.ts';
import { findSpot } from './place.ts';
import { type Registration, registerCommands, registrationsOf } from './registration.ts';
import { DiscordRest } from './rest.ts';
import { Running } from './running.ts';
import { createRender } from './send.ts';

export interface DiscordParts {
  readonly config: DiscordConfig;
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly places: PlaceStore;
  readonly workspaces: Workspaces;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly log: Log;
  /** How discord.js identifies; its own pace where it is absent. */
  readonly gateway?: IdentifyPace;
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

/** Wires Discord: intake over the gateway, deliveries over REST. Nothing is sent or received before `start`. */
export async function createDiscord({ config, gateway, expandKey, ...rest }: DiscordParts): Promise<Discord> {
  const client = createClient(config, gateway, rest.log);
  const api = new DiscordRest(config.token, config.apiUrl);
  const render = createRender(rest.knowledge, expandKey);
  const running = new Running(rest.log);
  const announcements = new Announcements({
    findPlace: (conversation) => findSpot(rest.places, conversation, 'thread'),
    timer: rest.timer,
    run: (act) => running.run('announcing a place', act),
  });
  const parts: IntakeParts = { ...rest, render, announcements };
  client.on(Events.InteractionCreate, (interaction) => {
    running.run('interaction', () => dispatch(parts, interaction));
    removeLeftOver(interaction);
  });
  client.on(Events.MessageCreate, (message) => running.run('message', () => takeText(parts, message)));
  const openPlace = createOpenPlace({
    ...rest,
    rest: api,
    render,
    missing: (channel, asked) => missingIn(client, channel, asked),
    mention: () => `@${client.user?.username ?? ''}`,
    told: (conversation, opening) => announcements.tell(conversation, opening),
  });

  const register = (registration: Registration) =>
    running.run('registering commands', async () => {
      const { guild, wanted } = registration;
      if (await registerCommands(client.rest, config.applicationId, registration))
        rest.log.info({ commands: wanted.length, guild }, 'discord: commands registered');
    });
  const registerAll = () => {
    for (const registration of registrationsOf(config, commandDefinitions(rest.knowledge()))) register(registration);
  };
  // A server that had commands of its own keeps them, beside those of every server: the first use of one shows it.
  const removeLeftOver = (interaction: Interaction) => {
    const guild = interaction.isCommand() ? interaction.commandGuildId : null;
    if (guild !== null && config.guilds?.includes(guild) !== true) register({ guild, wanted: [] });
  };

  return {
    destination: new DiscordDestination({ ...rest, rest: api, openPlace, render }),
    async start() {
      await connect(client, config.token);
      if (holdsFirstShard(config)) registerAll();
    },
    async stop() {
      client.removeAllListeners(Events.InteractionCreate).removeAllListeners(Events.MessageCreate);
      announcements.stop();
      await running.settled();
      await client.destroy();
    },
    ready: () => isHearing(client),
  };
}
