/** What the smoke test says when a deployment is not what it should be. The good case is from-empty-account. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { smoke } from '../../infra/smoke';
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

it('asks for the address where none is given', async () => {
  await expect(smoke({ ...project.options(), args: [] })).rejects.toMatchObject({
    message: 'Which deployment?',
  });
});

it('says what to do when the origin is refused', async () => {
  const { port } = stranger.address() as AddressInfo;
  const environment = { TWILIO_API_BASE_URL: `http://127.0.0.1:${port}` };

  await expect(run('https://flex-custom-chat-1-dev.twil.io', environment)).rejects.toMatchObject({
    message: expect.stringContaining('403'),
    remedy: expect.stringContaining('--origin'),
  });
});

it('says that nothing answers there', async () => {
  const environment = { TWILIO_API_BASE_URL: 'http://127.0.0.1:9' };

  await expect(run('https://flex-custom-chat-1-dev.twil.io', environment)).rejects.toMatchObject({
    message: expect.stringContaining('could not be reached'),
  });
});

it('sends credentials to no address but this machine or Twilio', async () => {
  const environment = { TWILIO_API_BASE_URL: 'http://example.com' };

  await expect(run('https://flex-custom-chat-1-dev.twil.io', environment)).rejects.toMatchObject({
    message: expect.stringContaining('loopback'),
  });
});
