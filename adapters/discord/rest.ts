import {
  type APIChannel,
  type APIDMChannel,
  type APIMessage,
  type APIThreadChannel,
  ChannelType,
  REST,
  type RESTGetAPIGuildThreadsResult,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { times } from './limits.ts';
import type { Payload } from './render.ts';

/** The calls of Discord's API that deliveries need, with the bot's token. They throw what `readFault` reads. */
export class DiscordRest {
  readonly #rest: REST;

  /** No call is repeated and no limit waited for: the outbox decides both. */
  constructor(token: string, apiUrl: string | undefined) {
    this.#rest = new REST({
      ...(apiUrl === undefined ? {} : { api: apiUrl }),
      retries: 0,
      timeout: times.callTimeoutMs,
      rejectOnRateLimit: () => true,
    }).setToken(token);
  }

  /** Posts a message. The same nonce within some minutes gives the first message again. */
  post(channel: string, payload: Payload, nonce: string): Promise<APIMessage> {
    return this.#rest.post(Routes.channelMessages(channel), {
      body: { ...payload, nonce, enforce_nonce: true },
    }) as Promise<APIMessage>;
  }

  edit(channel: string, message: string, payload: Payload): Promise<APIMessage> {
    return this.#rest.patch(Routes.channelMessage(channel, message), { body: payload }) as Promise<APIMessage>;
  }

  startPrivateThread(channel: string, name: string): Promise<APIThreadChannel> {
    const body = {
      name,
      type: ChannelType.PrivateThread,
      invitable: false,
      auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
    };
    return this.#rest.post(Routes.threads(channel), { body }) as Promise<APIThreadChannel>;
  }

  startThreadFrom(channel: string, message: string, name: string): Promise<APIThreadChannel> {
    const body = { name, auto_archive_duration: ThreadAutoArchiveDuration.OneWeek };
    return this.#rest.post(Routes.threads(channel, message), { body }) as Promise<APIThreadChannel>;
  }

  async activeThreads(guild: string): Promise<readonly APIChannel[]> {
    const { threads } = (await this.#rest.get(Routes.guildActiveThreads(guild))) as RESTGetAPIGuildThreadsResult;
    return threads;
  }

  async join(thread: string, person: string): Promise<void> {
    await this.#rest.put(Routes.threadMembers(thread, person));
  }

  async setArchived(thread: string, archived: boolean): Promise<void> {
    await this.#rest.patch(Routes.channel(thread), { body: { archived } });
  }

  openDirect(person: string): Promise<APIDMChannel> {
    return this.#rest.post(Routes.userChannels(), { body: { recipient_id: person } }) as Promise<APIDMChannel>;
  }
}
