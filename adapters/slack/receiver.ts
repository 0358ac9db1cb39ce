import { App, type AppOptions, type Logger, SocketModeReceiver, type SocketModeReceiverOptions } from '@slack/bolt';

type ReceiverEvent = Parameters<App['processEvent']>[0];

/**
 * Socket Mode that commits first. Bolt acknowledges events before its listeners run; here it gets an ack that does nothing,
 * and Slack is told after `processEvent` has returned. When it throws nothing was kept, Slack is told nothing, and the
 * event comes again.
 */
export class CommitFirstSocket extends SocketModeReceiver {
  constructor(options: SocketModeReceiverOptions) {
    super({ ...options, processEventErrorHandler: async () => false });
  }

  override init(app: App): void {
    const processEvent = async (event: ReceiverEvent): Promise<void> => {
      let response: unknown;
      const ack = async (answer?: unknown) => {
        response = answer;
      };
      await app.processEvent({ ...event, ack });
      await event.ack(response);
    };
    const commitFirst: App = Object.create(app, { processEvent: { value: processEvent } });
    super.init(commitFirst);
  }
}

/**
 * A Bolt app that only routes: tokens are found when something is posted, so that no event waits for a lookup, and the
 * bot's own messages are dropped with every other bot's in the intake.
 */
export function createApp(receiver: NonNullable<AppOptions['receiver']>, logger: Logger): App {
  return new App({ receiver, logger, authorize: async () => ({}), ignoreSelf: false, convoStore: false });
}
