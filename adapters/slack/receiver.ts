import {
  App,
  type AppOptions,
  HTTPReceiver,
  type Logger,
  SocketModeReceiver,
  type SocketModeReceiverOptions,
} from '@slack/bolt';

type Receiver = NonNullable<AppOptions['receiver']>;
type ReceiverEvent = Parameters<App['processEvent']>[0];

/**
 * The app as its receiver sees it: Bolt acknowledges events before its listeners run; here it gets an ack that does nothing,
 * and Slack is told after `processEvent` has returned. When that throws nothing was kept, Slack is told nothing, and the
 * event comes again. What nobody listens for is acknowledged too: it would not be better the next time.
 */
function commitFirst(app: App): App {
  const processEvent = async (event: ReceiverEvent): Promise<void> => {
    let response: unknown;
    const ack = async (answer?: unknown) => {
      response = answer;
    };
    await app.processEvent({ ...event, ack });
    await event.ack(response);
  };
  return Object.create(app, { processEvent: { value: processEvent } });
}

/** Signed HTTP that commits first. */
export class CommitFirstHttp extends HTTPReceiver {
  override init(app: App): void {
    super.init(commitFirst(app));
  }
}

/** Socket Mode that commits first. */
export class CommitFirstSocket extends SocketModeReceiver {
  constructor(options: SocketModeReceiverOptions) {
    super({ ...options, processEventErrorHandler: async () => false });
  }

  override init(app: App): void {
    super.init(commitFirst(app));
  }

  override async stop(): Promise<void> {
    await this.client.disconnect();
  }
}

/** Several sockets as one receiver: Slack gives each event to one of them, so one can rotate while another hears. */
export class SocketGroup implements Receiver {
  readonly #sockets: readonly CommitFirstSocket[];

  constructor(sockets: readonly CommitFirstSocket[]) {
    this.#sockets = sockets;
  }

  init(app: App): void {
    for (const socket of this.#sockets) socket.init(app);
  }

  async start(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.stop()));
  }
}

/**
 * A Bolt app that only routes: tokens are found when something is posted, so that no event waits for a lookup, and the
 * bot's own messages are dropped with every other bot's in the intake.
 */
export function createApp(receiver: Receiver, logger: Logger): App {
  return new App({ receiver, logger, authorize: async () => ({}), ignoreSelf: false, convoStore: false });
}
