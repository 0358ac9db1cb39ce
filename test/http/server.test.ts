import { afterEach, describe, expect, test } from 'vitest';
import { createHttpServer, type HttpServer, type HttpServerParts } from '../../adapters/http/server.ts';

const silent = { info() {}, warn() {}, error() {} };
const open: HttpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(parts: Partial<HttpServerParts> = {}): Promise<(path: string) => Promise<Response>> {
  const server = await createHttpServer({
    ...{ port: 0, host: '127.0.0.1', routes: [], ready: () => true, metrics: async () => 'turns_total 3', log: silent },
    ...parts,
  });
  open.push(server);
  return (path) => fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { connection: 'close' } });
}

describe('the HTTP server', () => {
  test('says that it lives, and whether it can take work', async () => {
    let ready = false;
    const get = await serve({ ready: () => ready });
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(503);
    ready = true;
    expect((await get('/readyz')).status).toBe(200);
  });

  test('is not ready while that cannot be told', async () => {
    const get = await serve({ ready: () => Promise.reject(new Error('no database')) });
    expect((await get('/readyz')).status).toBe(503);
  });

  test('gives the metrics as Prometheus reads them', async () => {
    const answer = await (await serve())('/metrics');
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    expect(await answer.text()).toBe('turns_total 3\n');
  });

  test('finds a route without its query, and nothing else', async () => {
    const get = await serve({ routes: [{ path: '/hook', handle: (_, response) => void response.end('hooked') }] });
    expect(await (await get('/hook?a=b')).text()).toBe('hooked');
    expect((await get('/hook/more')).status).toBe(404);
    expect((await get('/')).status).toBe(404);
  });

  test('answers when a route throws, and goes on', async () => {
    const handle = () => {
      throw new Error('broken');
    };
    const get = await serve({ routes: [{ path: '/broken', handle }] });
    expect((await get('/broken')).status).toBe(500);
    expect((await get('/healthz')).status).toBe(200);
  });
});
