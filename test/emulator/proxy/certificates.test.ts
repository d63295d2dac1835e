import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCertificates } from '../../../emulator/proxy/certificates';

const DAY_MS = 24 * 3600 * 1000;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('creates a CA, and a certificate signed by it for all Twilio hosts', async () => {
  const { caFile, cert } = await openCertificates(folder);

  const ca = new X509Certificate(readFileSync(caFile));
  const server = new X509Certificate(cert);
  expect(server.checkIssued(ca) && server.verify(ca.publicKey)).toBe(true);
  expect(ca.ca).toBe(true);
  expect(server.ca).toBe(false);
  for (const host of [
    'conversations.twilio.com',
    'flex-api.twilio.com',
    'twilio.com',
    'mcs.us1.twilio.com',
    'flex-custom-chat-1234-dev.twil.io',
  ]) {
    expect(server.checkHost(host)).toBeDefined();
  }
  expect(server.checkHost('example.com')).toBeUndefined();
});

it('keeps them, so that programs that trust them continue to', async () => {
  const first = await openCertificates(folder);

  expect(await openCertificates(folder, new Date(Date.now() + 28 * DAY_MS))).toEqual(first);
});

it('creates new ones on the last day of their validity', async () => {
  const first = await openCertificates(folder);

  const second = await openCertificates(folder, new Date(Date.now() + 29.5 * DAY_MS));

  expect(second.cert).not.toBe(first.cert);
});

it.each(['ca.pem', 'server.pem'])('creates new ones if %s is damaged', async (name) => {
  const first = await openCertificates(folder);
  writeFileSync(join(folder, name), 'damaged');

  const second = await openCertificates(folder);

  expect(second.cert).not.toBe(first.cert);
  expect(readFileSync(second.caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
});
