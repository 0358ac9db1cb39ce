import { createServer } from 'node:http';
import { Arrival, Card } from './orders.ts';

/** What arrived, and whether the peer answered it: one that hung up left its sender in doubt. */
export interface Recorded extends Arrival {
  readonly answered: boolean;
}

export interface RecordingPeer {
  readonly url: string;
  readonly arrivals: readonly Recorded[];
  /** What the card of each conversation says, as JSON. */
  readonly cards: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

/** A destination that records, and now and then refuses, throttles, or hangs up without an answer. `random` is in [0, 1). */
export async function startRecordingPeer(random: () => number): Promise<RecordingPeer> {
  const arrivals: Recorded[] = [];
  const cards = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const draw = random();
    if (draw < 0.03) response.writeHead(503).end();
    else if (draw < 0.06) response.writeHead(429).end();
    else {
      const answered = draw >= 0.09;
      const json = JSON.parse(Buffer.concat(chunks).toString());
      if (request.url === '/card') {
        const { conversation, message } = Card.parse(json);
        cards.set(conversation, JSON.stringify(message));
      } else arrivals.push({ ...Arrival.parse(json), answered });
      if (answered) response.writeHead(200).end();
      else request.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    arrivals,
    cards,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
