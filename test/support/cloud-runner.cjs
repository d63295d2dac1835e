// One deployed Function in a bare Node process. Files are laid out as in the cloud: <root>/handlers/ZN….js for
// Functions and <root>/files/ZN… (flat, no extension) for private assets. Source: docs
// https://www.twilio.com/docs/serverless/functions-assets/client
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [root, path, event, env] = process.argv.slice(2);
const map = JSON.parse(readFileSync(join(root, 'map.json'), 'utf8'));

class Response {
  statusCode = 200;
  headers = {};
  body = null;
  setStatusCode(status) {
    this.statusCode = status;
    return this;
  }
  appendHeader(key, value) {
    this.headers[key] = value;
    return this;
  }
  setBody(body) {
    this.body = body;
    return this;
  }
}

const assets = Object.fromEntries(
  Object.entries(map.assets).map(([key, file]) => {
    const full = join(root, file);
    return [key, { path: full, open: () => readFileSync(full, 'utf8') }];
  }),
);
Object.assign(globalThis, {
  Twilio: { Response },
  Runtime: { getAssets: () => assets, getFunctions: () => ({}) },
});

const settings = JSON.parse(env);
const context = {
  ...settings,
  PATH: path,
  // Not a Twilio domain: there the emulator's settings are rejected.
  DOMAIN_NAME: 'functions.localhost',
  getTwilioClient: (options) => require('twilio')(settings.ACCOUNT_SID, settings.AUTH_TOKEN, options),
};
// The log goes to stderr, so that stdout is the answer alone.
// eslint-disable-next-line no-console
console.log = (line) => process.stderr.write(`${line}\n`);
require(join(root, map.functions[path])).handler(context, JSON.parse(event), (error, answer) =>
  process.stdout.write(
    JSON.stringify({ ...(error ? { error: String(error) } : answer), packages: packages() }),
  ),
);

/** The packages that have been loaded so far. */
function packages() {
  const names = Object.keys(require.cache).map(
    (file) => /.*node_modules\/((?:@[^/]+\/)?[^/.][^/]*)\//.exec(file)?.[1],
  );
  return [...new Set(names)].filter(Boolean).sort();
}
