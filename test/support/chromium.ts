/** A real browser for the tests: any Chrome, Chromium or Edge on this machine. */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

/** They have no windows, so a context costs a quarter of the time there. They also have no preferences and no notifications. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell'];
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function find(names: readonly string[]): string | undefined {
  const { CHROME_PATH, PATH = '' } = process.env;
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [CHROME_PATH, ...onPath, ...PLACES].find((path) => path && existsSync(path));
}

const wholeBrowser = find(BROWSERS);
const executablePath = wholeBrowser && (find(SHELLS) ?? wholeBrowser);

/** `describe` for tests that need a browser: without one they fail, so that a missing browser cannot pass as success. */
export function describeInBrowser(title: string, tests: () => void): void {
  if (executablePath) return describe(title, tests);
  it(`${title} (needs a browser)`, () => {
    throw new Error('No Chrome, Chromium or Edge found: set CHROME_PATH.');
  });
}

const ARGS = [
  '--headless',
  // In a container Chromium runs as root, which its sandbox rejects.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
];

/** A browser that blocks all site data by its preferences: `localStorage` and similar APIs throw. */
export async function launchForgetfulChromium(): Promise<{ context: BrowserContext; stop(): Promise<void> }> {
  const profile = mkdtempSync(join(tmpdir(), 'forgetful-chromium-'));
  mkdirSync(join(profile, 'Default'));
  const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: wholeBrowser!,
    args: ARGS,
  });
  return {
    context,
    async stop() {
      await context.close();
      // The last of its processes still writes there for a moment.
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

/**
 * Names the browser that `npm test` starts once for all files. Each test has a separate context in it, so pages share
 * nothing.
 */
const SERVER_VARIABLE = 'CHROMIUM_SERVER';

/** Undefined if there is no browser. */
export async function serveChromium(): Promise<
  { environment: Record<string, string>; stop(): Promise<void> } | undefined
> {
  if (!executablePath) return undefined;
  const server = await chromium.launchServer({ executablePath, args: ARGS, host: '127.0.0.1' });
  return { environment: { [SERVER_VARIABLE]: server.wsEndpoint() }, stop: () => server.close() };
}

/**
 * `resolve` maps names to this machine, as an attacker's DNS could: `MAP evil.example 127.0.0.1`. `isWhole`: with
 * notifications, which browsers without windows do not have.
 */
export async function launchChromium({
  resolve,
  args = [],
  isWhole = false,
  ...options
}: {
  proxy?: { server: string };
  resolve?: string;
  args?: string[];
  isWhole?: boolean;
} = {}): Promise<Browser> {
  const server = process.env[SERVER_VARIABLE];
  const isOrdinary = !options.proxy && !resolve && !isWhole && args.length === 0;
  if (server && isOrdinary) return chromium.connect(server);
  return chromium.launch({
    ...options,
    executablePath: isWhole ? wholeBrowser! : executablePath!,
    args: [...ARGS, ...(resolve ? [`--host-resolver-rules=${resolve}`] : []), ...args],
  });
}
