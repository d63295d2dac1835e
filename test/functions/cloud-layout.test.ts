/** The files that a deploy would publish, and whether they run in the cloud's layout. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Emulator } from '../../emulator/emulator';
import { compileSrc, SRC } from '../../scripts/build/compile-src';
import { PUBLIC_FILES } from '../../scripts/build/widget';
import { placeWidget } from '../support/built';
import { startEmulator } from '../support/emulator';
import { FUNCTIONS } from '../../scripts/build/declared-functions';
import { DESCRIBED, EXAMPLE_FUNCTIONS } from '../support/example-functions';
import { declarationOf, PUBLIC_PATHS } from '../support/functions';
import { emulatorSettings } from '../support/functions-server';

const { getFunctionsAndAssets } = require('twilio-run/dist/runtime/internal/runtime-paths');

type Route = { path: string; access: string; filePath: string };
const root = join(__dirname, '..', '..');
const versionSid = (text: string) => `ZN${createHash('md5').update(text).digest('hex')}`;

describe('in the cloud', () => {
  let out: string;
  let routes: { functions: Route[]; assets: Route[] };

  beforeAll(async () => {
    // Inside node_modules, so that the packages of `dependencies` still resolve from the copied files.
    mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
    out = mkdtempSync(join(root, 'node_modules', '.cache', 'cloud-'));
    // The examples are copied as their READMEs say.
    const src = join(out, 'src');
    cpSync(SRC, src, { recursive: true });
    for (const { filePath } of EXAMPLE_FUNCTIONS) {
      copyFileSync(filePath, join(src, 'functions', basename(filePath)));
    }
    compileSrc(join(out, 'dist'), src);
    await placeWidget(join(out, 'dist', 'assets'));
    routes = await getFunctionsAndAssets(out, {
      functionsFolderNames: ['dist/functions'],
      assetsFolderNames: ['dist/assets'],
    });
    const map: Record<'functions' | 'assets', Record<string, string>> = { functions: {}, assets: {} };
    const place = (kind: 'functions' | 'assets', folder: string, extension: string) => {
      mkdirSync(join(out, folder));
      for (const { path, filePath } of routes[kind]) {
        map[kind][path] = `${folder}/${versionSid(path)}${extension}`;
        copyFileSync(filePath, join(out, map[kind][path]!));
      }
    };
    place('functions', 'handlers', '.js');
    place('assets', 'files', '');
    writeFileSync(join(out, 'map.json'), JSON.stringify(map));
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('publishes every Function with the access in its file name, and nothing else', () => {
    const published = routes.functions.map(({ access, path }) => `${access} ${path}`).sort();

    const all = [...FUNCTIONS, ...EXAMPLE_FUNCTIONS];
    expect(published).toEqual(all.map(({ path, visibility }) => `${visibility} ${path}`).sort());
  });

  /** Without this file name, the platform accepts calls that Twilio has not signed. */
  it('protects the Functions for Twilio, and no others', () => {
    const forVisitors = DESCRIBED.filter(({ path }) => declarationOf(path) !== undefined);

    expect(forVisitors.map(({ path }) => path)).toEqual(PUBLIC_PATHS);
  });

  it('publishes the files of the widget, and keeps every helper private', () => {
    const published = routes.assets.filter(({ access }) => access !== 'private').map(({ path }) => path);
    const helpers = routes.assets.filter(({ access }) => access === 'private').map(({ path }) => path);

    expect(published.sort()).toEqual(PUBLIC_FILES);
    expect(helpers.sort()).toEqual(
      readdirSync(join(root, 'src', 'assets'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `/${file.replace('.private.ts', '.js')}`)
        .sort(),
    );
  });

  it('publishes the files of the widget, and keeps every private asset private', () => {
    const compiled = [...routes.functions, ...routes.assets.filter(({ access }) => access === 'private')];

    for (const { filePath } of compiled) {
      expect(readFileSync(filePath, 'utf8')).not.toMatch(/require\(["']\.{1,2}\//);
    }
  });

  it('loads every helper by a key that exists', () => {
    const keys = new Set(routes.assets.map(({ path }) => path));
    const asked = [...routes.functions, ...routes.assets].flatMap(({ filePath }) =>
      [...readFileSync(filePath, 'utf8').matchAll(/Runtime\.getAssets\(\)\["?'?([^"'\]]+)/g)].map(
        ([, key]) => key!,
      ),
    );

    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((key) => !keys.has(key))).toEqual([]);
  });

  describe('contains no import by a relative path', () => {
    let emulator: Emulator;

    beforeAll(async () => {
      emulator = await startEmulator();
    });
    afterAll(() => emulator.stop());

    const run = async (path: string, params: object, env: object = emulatorSettings(emulator)) => {
      const headers = { 'content-type': 'application/json', origin: 'http://localhost:3000' };
      const event = { request: { headers, cookies: {} }, ...params };
      const runner = join(__dirname, '..', 'support', 'cloud-runner.cjs');
      const { stdout } = await promisify(execFile)(process.execPath, [
        runner,
        out,
        path,
        JSON.stringify(event),
        JSON.stringify(env),
      ]);
      return JSON.parse(stdout) as {
        statusCode: number;
        body: Record<string, string>;
        packages: string[];
      };
    };

    it('loads every asset by a key that exists', async () => {
      const { token } = (await run('/token', {})).body;
      const { conversationSid } = (await run('/create-conversation', { token })).body;
      const own = { token, conversationSid };

      const answers = [
        await run('/add-participant', own),
        await run('/add-webhook', own),
        await run('/send-message', { ...own, body: 'hello' }),
        await run('/start-chat', { token }),
      ];

      expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 200]);
      expect(answers[3]!.body).toMatchObject({ conversationSid, resumed: true });
    });

    it('runs the Functions of the examples', async () => {
      const start = await run('/initWebchat', { formData: { friendlyName: 'Ada L.', query: 'hello' } });
      const renewed = await run('/refreshToken', { token: start.body['token'] });
      const demo = await run('/token-service', {});

      expect([start.statusCode, renewed.statusCode, demo.statusCode]).toEqual([200, 200, 401]);
      expect(demo.body).toBe('Unknown user, or the sign-in has expired');
    });

    it('issues a token without loading twilio-node', async () => {
      const token = await run('/token', {});
      const start = await run('/start-chat', {});

      expect(token.statusCode).toBe(200);
      expect(token.packages).not.toContain('axios');
      expect(start.packages).toContain('axios');
    });

    it.each(DESCRIBED.map(({ path }) => path))(
      '%s answers an empty environment with one configuration error',
      async (path) => {
        const { statusCode, body } = await run(path, {}, {});

        expect({ statusCode, body }).toMatchObject({
          statusCode: 500,
          body: { error: { code: 'misconfigured' } },
        });
      },
    );
  });
});
