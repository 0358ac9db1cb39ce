import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { httpCall } from '../../adapters/tickets/http-call.ts';
import { failureOfStatus, retryAfterMs } from '../../adapters/tickets/http-failure.ts';
import { isPublicAddress, mayBePublic, publicLookup } from '../../adapters/tickets/public-address.ts';

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<URL> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-path`);
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

const post = (url: URL, more = {}) =>
  httpCall({ method: 'POST', url, headers: {}, body: 'x', timeoutMs: 150, ...more });

describe('one call', () => {
  test('answers with what a 2xx says', async () => {
    const url = await serve((_, response) => response.writeHead(201).end('made'));
    expect(await post(url)).toMatchObject({ kind: 'answer', status: 201, text: 'made' });
  });

  test('is retryable where nobody listens', async () => {
    const url = await serve(() => {});
    server?.close();
    server = undefined;
    expect(await post(url)).toMatchObject({ kind: 'retryable' });
  });

  test('is retryable where the name cannot be resolved', async () => {
    expect(await post(new URL('http://desk.invalid/'))).toMatchObject({ kind: 'retryable' });
  });

  test('is retryable where TLS fails: no byte of the request went out', async () => {
    const plain = createTcpServer((socket) => socket.end('this is no TLS\r\n')).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const { port } = plain.address() as AddressInfo;
    expect(await post(new URL(`https://127.0.0.1:${port}/`))).toMatchObject({ kind: 'retryable' });
    plain.close();
  });

  test.each([
    ['never answers', () => {}],
    ['resets the connection', (request) => request.socket.resetAndDestroy()],
    [
      'breaks off in the answer',
      (request, response) =>
        response.writeHead(201, { 'content-length': '10' }).write('1', () => request.socket.destroy()),
    ],
    ['answers without end', (_, response) => response.writeHead(200).end('x'.repeat(2 * 1024 * 1024))],
  ] as readonly (readonly [string, RequestListener])[])('is ambiguous where the desk %s', async (_, listener) => {
    expect(await post(await serve(listener))).toMatchObject({ kind: 'ambiguous' });
  });

  test('follows no redirect', async () => {
    const url = await serve((_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end());
    expect(await post(url)).toMatchObject({ kind: 'rejected' });
  });

  test('names the host and never the path in its reason', async () => {
    const result = await post(await serve((_, response) => response.writeHead(500).end('token=abc')));
    expect(JSON.stringify(result)).not.toMatch(/secret-path|abc/);
  });
});

describe('a status', () => {
  test.each([
    [400, 'rejected'],
    [401, 'closed'],
    [403, 'closed'],
    [404, 'rejected'],
    [408, 'ambiguous'],
    [409, 'ambiguous'],
    [410, 'closed'],
    [413, 'rejected'],
    [422, 'rejected'],
    [429, 'throttled'],
    [500, 'ambiguous'],
    [502, 'ambiguous'],
    [503, 'ambiguous'],
  ])('%i is %s', (status, kind) => expect(failureOfStatus('desk', status, {}).kind).toBe(kind));

  test('429 waits as long as it is told, in seconds or until a date, an hour at most', () => {
    const now = Date.parse('2026-11-22T00:00:00Z');
    expect(retryAfterMs('7', now)).toBe(7_000);
    expect(retryAfterMs('Sun, 22 Nov 2026 00:00:30 GMT', now)).toBe(30_000);
    expect(retryAfterMs('999999', now)).toBe(3_600_000);
    expect(retryAfterMs('soon', now)).toBe(60_000);
    expect(retryAfterMs(undefined, now)).toBe(60_000);
  });
});

describe('a receiver’s address', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'not an address',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));

  test.each(['93.184.216.34', '2606:2800:220:1::1'])('%s is public', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    'http://127.0.0.1/',
    'http://[::1]/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://127.1/',
    'http://[::ffff:7f00:1]/',
  ])('%s is refused however it is written', (address) => expect(mayBePublic(new URL(address))).toBe(false));

  test('is judged when the name is resolved', async () => {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    publicLookup('localhost', { all: true }, (error) => resolve(error));
    expect(await promise).toMatchObject({ code: 'ENOTPUBLIC' });
    expect(await post(new URL('http://localhost:9/'), { lookup: publicLookup })).toMatchObject({ kind: 'retryable' });
  });
});
