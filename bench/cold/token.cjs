// One process that loads a built /token and mints one token: node token.cjs <dist> <settings as JSON>
const { join } = require('node:path');

const [dist, settings] = process.argv.slice(2);
const assets = new Proxy(
  {},
  { get: (_, key) => ({ path: join(dist, 'assets', key.replace(/\.js$/, '.private.js')) }) },
);

class Response {
  setStatusCode(status) {
    this.status = status;
  }
  appendHeader() {}
  setBody(body) {
    this.body = body;
  }
}

Object.assign(globalThis, { Twilio: { Response }, Runtime: { getAssets: () => assets } });
const context = { ...JSON.parse(settings), PATH: '/token', DOMAIN_NAME: 'functions.localhost' };
const request = {
  headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
  cookies: {},
};
require(join(dist, 'functions', 'token.js')).handler(context, { request }, (_error, answer) => {
  process.exitCode = answer.body.token ? 0 : 1;
});
