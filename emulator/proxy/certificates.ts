/**
 * The certificates that let unmodified clients take this machine for Twilio: a throwaway CA in `.emulator/`, kept out of
 * git and trusted only by programs that are told to. Made with node-forge, because not every machine has openssl.
 */
import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import forge from 'node-forge';

export interface Certificates {
  /** What clients must trust: `CURL_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`. */
  caFile: string;
  /** The server's certificate and its private key, PEM. */
  cert: string;
  key: string;
}

const DAY_MS = 24 * 3600 * 1000;
const VALID_DAYS = 30;
const RSA_BITS = 2048;
const CA_NAME = 'flex-custom-chat emulator, throwaway CA';
/** A wildcard stands for one label; media lives at mcs.us1.twilio.com. Source: sdk @twilio/conversations (mediaServiceUrl) */
const SERVER_NAMES = ['*.twilio.com', 'twilio.com', '*.us1.twilio.com', '*.twil.io'];

/** The certificates in `folder`; made on first use, and anew on the last day of their life. */
export function openCertificates(folder: string, now = new Date()): Certificates {
  const caFile = join(folder, 'ca.pem');
  const serverFile = join(folder, 'server.pem');
  if (!areUsable(caFile, serverFile, now)) {
    const { ca, server } = issue(now);
    mkdirSync(folder, { recursive: true });
    replace(serverFile, server, 0o600);
    replace(caFile, ca, 0o644);
  }
  const server = readFileSync(serverFile, 'utf8');
  return { caFile, cert: server, key: server };
}

function areUsable(caFile: string, serverFile: string, now: Date): boolean {
  try {
    const ca = new X509Certificate(readFileSync(caFile));
    const pem = readFileSync(serverFile);
    const server = new X509Certificate(pem);
    return (
      server.verify(ca.publicKey) &&
      server.checkPrivateKey(createPrivateKey(pem)) &&
      SERVER_NAMES.every((name) => server.subjectAltName?.includes(`DNS:${name}`)) &&
      [ca, server].every(({ validTo }) => Date.parse(validTo) - now.getTime() > DAY_MS)
    );
  } catch {
    return false;
  }
}

/** The CA signs this one certificate and its key is never stored: nobody can make it vouch for another host. */
function issue(now: Date): { ca: string; server: string } {
  const { pki } = forge;
  const caKeys = keyPair();
  const ca = certificate(caKeys.publicKey, CA_NAME, now);
  ca.setIssuer(ca.subject.attributes);
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(caKeys.privateKey, forge.md.sha256.create());

  const serverKeys = keyPair();
  const server = certificate(serverKeys.publicKey, '*.twilio.com', now);
  server.setIssuer(ca.subject.attributes);
  server.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: SERVER_NAMES.map((value) => ({ type: DNS_NAME, value })) },
    { name: 'authorityKeyIdentifier', keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes() },
  ]);
  server.sign(caKeys.privateKey, forge.md.sha256.create());

  return {
    ca: pki.certificateToPem(ca),
    server: pki.certificateToPem(server) + pki.privateKeyToPem(serverKeys.privateKey),
  };
}

/** Kind of a subjectAltName. Source: RFC 5280, 4.2.1.6 (dNSName [2]) */
const DNS_NAME = 2;

function certificate(publicKey: forge.pki.PublicKey, commonName: string, now: Date): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = publicKey;
  // A serial number is positive: the first byte stays below 0x80.
  made.serialNumber = `01${randomBytes(15).toString('hex')}`;
  // An hour back, for clients whose clock is a little behind.
  made.validity.notBefore = new Date(now.getTime() - 3600 * 1000);
  made.validity.notAfter = new Date(now.getTime() + VALID_DAYS * DAY_MS);
  made.setSubject([{ name: 'commonName', value: commonName }]);
  return made;
}

/** Node's generator: forge's own, in JavaScript, takes seconds. */
function keyPair(): { publicKey: forge.pki.PublicKey; privateKey: forge.pki.rsa.PrivateKey } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
  };
}

/** In one step, so that a reader never meets half a file. */
function replace(file: string, content: string, mode: number): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, content, { mode });
  renameSync(next, file);
}
