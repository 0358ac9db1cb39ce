import { ConfigError } from '../src/errors.ts';
import type { Log } from '../src/ports/log.ts';
import type { Destination } from '../src/ports/outbox.ts';
import { createDeliverer } from '../src/service/deliver.ts';
import type { Config } from './config.ts';
import { type Desk, openDesk } from './desk.ts';
import { renderMetrics } from './http/metrics.ts';
import { createHttpServer, type HttpServer, type Route } from './http/server.ts';
import { createLog } from './log.ts';
import { readMetrics } from './process-metrics.ts';
import { expireDaily } from './retention-loop.ts';
import { readOutboxFigures } from './sql/outbox-figures.ts';
import { waitingDestinations } from './sql/outbox-operations.ts';

/** A chat platform as the process sees it. */
interface Platform {
  readonly name: string;
  readonly destination: Destination;
  readonly routes?: readonly Route[];
  start(): Promise<void>;
  stop(): Promise<void>;
  ready(): boolean;
}

/** A stop that lasts longer than this is ended. */
const stopWithinMs = 10_000;

/**
 * Serves the configured platforms until the process is told to stop: intake closes, turns in flight finish, leases are let
 * go. A second signal stops at once. Throws ConfigError without a platform, and whatever the start met; nothing is left open then.
 */
export async function serve(config: Config): Promise<void> {
  if (config.slack === undefined && config.discord === undefined) {
    throw new ConfigError(
      'No platform is configured. Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN, or DISCORD_TOKEN with DISCORD_APPLICATION_ID; the README says how.',
    );
  }
  const log = createLog(config.logLevel);
  const desk = await openDesk(config, log);
  const platforms = await openPlatforms(config, desk, log).catch(async (error: unknown) => {
    await desk.close();
    throw error;
  });
  const running = new Running(config, desk, platforms, log);
  try {
    await running.start();
  } catch (error) {
    await running.stop();
    throw error;
  }
  stopOnSignal(running, log);
}

/** Loads only the SDKs of the platforms that are configured: importing both takes half a second. */
async function openPlatforms(
  { slack, discord, secretKeys }: Config,
  desk: Desk,
  log: Log,
): Promise<readonly Platform[]> {
  const { bot, store, workspaces, knowledge, expandKey, delivering } = desk;
  const shared = {
    bot,
    store: store.conversations,
    places: store.places,
    workspaces,
    preferences: store.preferences,
    knowledge,
    expandKey,
    log,
  };
  const { clock, timer } = delivering;
  const platforms: Platform[] = [];
  if (slack !== undefined) {
    const { createSlack } = await import('./slack/slack.ts');
    const installations = () => store.installations(secretKeys ?? ['']);
    platforms.push({ name: 'slack', ...(await createSlack({ ...shared, config: slack, installations, clock })) });
  }
  if (discord !== undefined) {
    const { createDiscord } = await import('./discord/discord.ts');
    platforms.push({ name: 'discord', ...(await createDiscord({ ...shared, config: discord, clock, timer })) });
  }
  return platforms;
}

class Running {
  readonly #config: Config;
  readonly #desk: Desk;
  readonly #platforms: readonly Platform[];
  readonly #log: Log;
  readonly #destinations: readonly Destination[];
  readonly #deliverer: ReturnType<typeof createDeliverer>;
  readonly #retention = new AbortController();
  #http: HttpServer | undefined;

  constructor(config: Config, desk: Desk, platforms: readonly Platform[], log: Log) {
    this.#config = config;
    this.#desk = desk;
    this.#platforms = platforms;
    this.#log = log;
    this.#destinations = [...platforms.map(({ destination }) => destination), ...desk.destinations];
    this.#deliverer = createDeliverer({
      ...desk.delivering,
      destinations: this.#destinations,
    });
  }

  async start(): Promise<void> {
    const { port } = this.#config;
    if (port !== undefined) this.#http = await createHttpServer({ ...this.#serving(), port });
    // The first answer makes the indexes of the knowledge: nobody waits for them, and no platform's three seconds run meanwhile.
    this.#desk.bot.lookUp('0xC004FC07', 'en');
    await Promise.all(this.#platforms.map((platform) => platform.start()));
    this.#deliverer.start();
    await this.#tellUnserved();
    expireDaily(this.#desk, this.#log, this.#retention.signal);
    this.#log.info({ platforms: this.#platforms.map(({ name }) => name), port: this.#http?.port }, 'ready');
  }

  /** What waits for a platform or a desk that is no longer configured would wait unseen. */
  async #tellUnserved(): Promise<void> {
    const served = new Set(this.#destinations.map(({ name }) => name));
    const waiting = await waitingDestinations(this.#desk.store.database);
    const unserved = waiting.filter((name) => !served.has(name));
    if (unserved.length > 0)
      this.#log.error({ unserved }, 'deliveries wait for what is not configured: configure it again, or drop them');
  }

  /** Whatever was started, in the order that lets nothing be lost: no new work, then the work under way, then the store. */
  async stop(): Promise<void> {
    this.#retention.abort();
    await Promise.allSettled(this.#platforms.map((platform) => platform.stop()));
    await this.#deliverer.stop();
    await this.#http?.close();
    await this.#desk.close();
  }

  #serving() {
    return {
      routes: [...this.#platforms.flatMap(({ routes = [] }) => routes), ...this.#desk.ticketDesks.routes],
      ready: async () => {
        await this.#desk.store.check();
        return this.#platforms.every((platform) => platform.ready());
      },
      metrics: () => this.#metrics(),
      log: this.#log,
    };
  }

  async #metrics(): Promise<string> {
    const { store, delivering } = this.#desk;
    const platforms = this.#platforms;
    const destinations = this.#destinations;
    const outbox = () => readOutboxFigures(store.database, delivering.clock.now());
    return renderMetrics(await readMetrics({ platforms, destinations: destinations.map(({ name }) => name), outbox }));
  }
}

function stopOnSignal(running: Running, log: Log): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error: String(error) }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
