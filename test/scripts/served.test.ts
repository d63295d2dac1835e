/** Which methods reach which kind of resource, in `npm start` and `start:live`. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCall } from '../../scripts/functions/caller-check';
import { whatIs } from '../../scripts/functions/served';

const dist = mkdtempSync(join(tmpdir(), 'dist-'));
beforeAll(() => {
  for (const folder of ['functions', 'assets']) mkdirSync(join(dist, folder));
  const examples = join(__dirname, '../../examples/demo-react/functions');
  cpSync(join(examples, 'token-service.ts'), join(dist, 'functions/token-service.js'));
  writeFileSync(join(dist, 'functions/start.js'), '/**\n * POST /start: starts. Like GET /other.\n */');
  writeFileSync(join(dist, 'functions/events.protected.js'), '');
  writeFileSync(join(dist, 'assets/chat.js'), '');
});
afterAll(() => rmSync(dist, { recursive: true }));

it.each([
  ['/start', ['POST']],
  ['/events', ['POST']],
  ['/token-service', ['GET']],
  ['/chat.js', ['GET', 'HEAD']],
])('%s takes %j and preflights', (path, methods) => {
  const takes = (method: string): boolean =>
    checkCall({ method, url: new URL(path, 'http://localhost'), headers: {} }, whatIs(dist, path)) ===
    undefined;

  expect(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'].filter(takes)).toEqual([...methods, 'OPTIONS']);
});
