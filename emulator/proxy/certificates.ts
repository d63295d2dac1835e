/**
 * The certificates with which unmodified clients accept this machine as Twilio: a throwaway CA in `.emulator/`, kept out
 * of git and trusted only by programs configured to. Created in code, because not every machine has openssl.
 */
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Certificates {
  /** What clients must trust: `CURL_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`. */
  caFile: string;
  /** The server's certificate and its private key, PEM. */
  cert: string;
  key: string;
}

const DAY_MS = 24 * 3600 * 1000;
const VALID_DAYS = 30;
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const CA_NAME = 'flex-custom-chat emulator, throwaway CA';
/** A wildcard stands for one label; media lives at mcs.us1.twilio.com. Source: sdk @twilio/conversations (mediaServiceUrl) */
const SERVER_NAMES = [
  '*.twilio.com',
  'twilio.com',
  '*.us1.twilio.com',
  // Flex UI's own hosts.
  '*.flex.twilio.com',
  '*.roaming.twilio.com',
  '*.twil.io',
];

/** The certificates in `folder`; created on first use, and again on their last day of validity. */
export async function openCertificates(folder: string, now = new Date()): Promise<Certificates> {
  const caFile = join(folder, 'ca.pem');
  const serverFile = join(folder, 'server.pem');
  if (!areUsable(caFile, serverFile, now)) {
    const { ca, server } = await issue(now);
    mkdirSync(folder, { recursive: true });
    // It holds a private key, which must not be committed to any repository.
    writeFileSync(join(folder, '.gitignore'), '*\n');
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

/** The CA signs this one certificate and its key is never stored, so it cannot be used to sign for another host. */
async function issue(now: Date): Promise<{ ca: string; server: string }> {
  // Loaded late: it takes longer to load than the rest of the emulator. Its own dependency must be loaded first.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const [caKeys, serverKeys] = await Promise.all([keyPair(), keyPair()]);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...lifeFrom(now),
    name: [{ CN: [CA_NAME] }],
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const server = await x509.X509CertificateGenerator.create({
    ...lifeFrom(now),
    subject: [{ CN: [SERVER_NAMES[0]!] }],
    issuer: ca.subjectName,
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(SERVER_NAMES.map((value) => ({ type: 'dns', value }))),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey);
  return {
    ca: `${ca.toString('pem')}\n`,
    server: `${server.toString('pem')}\n${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`,
  };
}

function lifeFrom(now: Date) {
  return {
    // A serial number is positive: the first byte stays below 0x80.
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    // An hour back, for clients whose clock is a little behind.
    notBefore: new Date(now.getTime() - 3600 * 1000),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
  };
}

function keyPair(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

/** Written atomically, so that a reader never sees an incomplete file. */
function replace(file: string, content: string, mode: number): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, content, { mode });
  renameSync(next, file);
}
