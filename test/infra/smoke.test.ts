/** The smoke test's output for a broken deployment. The good case is in from-empty-account. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { smoke } from '../../infra/smoke';
import { tryForgedCalls } from '../../infra/smoke/forged-calls';
import { InfraProject } from '../support/infra-project';

let project: InfraProject;
let stranger: Server;

beforeAll(async () => {
  project = await InfraProject.start();
  stranger = createServer((_request, response) =>
    response.writeHead(403).end('{"error":{"code":"origin_not_allowed"}}'),
  );
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => stranger.close(resolve));
  await project.stop();
});

const run = (url: string, environment: Record<string, string> = {}): Promise<void> =>
  smoke({ ...project.options(), environment, args: [url] });

it('reports a missing address', async () => {
  await expect(smoke({ ...project.options(), args: [] })).rejects.toMatchObject({
    message: 'The URL of the deployment is missing.',
  });
});

it.each(['http://localhost:3000', 'localhost:3000', 'flex-custom-chat-1-dev.twil.io', 'ftp://x', 'https://'])(
  'calls only a deployment over https, not %s',
  async (url) => {
    await expect(run(url)).rejects.toMatchObject({
      message: `${url} is not the https:// URL of a deployment.`,
      remedy: expect.stringContaining('npm run smoke -- https://'),
    });
  },
);

it('suggests a fix when the origin is rejected', async () => {
  const { port } = stranger.address() as AddressInfo;
  const environment = { TWILIO_API_BASE_URL: `http://127.0.0.1:${port}` };

  await expect(run('https://flex-custom-chat-1-dev.twil.io', environment)).rejects.toMatchObject({
    message: expect.stringContaining('403'),
    remedy: expect.stringContaining('--origin'),
  });
});

it('reports an unreachable address', async () => {
  const environment = { TWILIO_API_BASE_URL: 'http://127.0.0.1:9' };

  await expect(run('https://flex-custom-chat-1-dev.twil.io', environment)).rejects.toMatchObject({
    message: expect.stringContaining('could not be reached'),
  });
});

it('sends credentials only to this machine or Twilio', async () => {
  const environment = { TWILIO_API_BASE_URL: 'http://example.com' };

  await expect(run('https://flex-custom-chat-1-dev.twil.io', environment)).rejects.toMatchObject({
    message: expect.stringContaining('loopback'),
  });
});

it.each([
  [403, false],
  [200, true],
])('interprets the answer %i to a forged call', async (status, passed) => {
  const calls: string[] = [];
  const gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      calls.push(`${request.method} ${decodeURIComponent(request.url!)} ${body}`);
      response.writeHead(status).end('{}');
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/token`;

  const results = await tryForgedCalls(url, 'https://www.shop.test');

  expect(results.map((one) => one.passed)).toEqual([passed, passed]);
  expect(calls).toEqual([
    expect.stringMatching(/^GET \/token\?request\[headers\]\[origin\]=https:\/\/www\.shop\.test/),
    expect.stringMatching(/^POST \/token \{"request":\{"headers":\{"origin":"https:\/\/www\.shop\.test"/),
  ]);
  await new Promise((resolve) => gateway.close(resolve));
});
