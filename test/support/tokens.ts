/** Tokens made by hand, valid except for the tested part. */
import { randomInt } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { UUID } from 'uuidv7';

type Settings = Record<string, string>;

export const HOUR_SECONDS = 3600;

/** An anonymous visitor created `ageSeconds` ago. */
export function visitorIdentity(ageSeconds = 0): string {
  const createdMs = Date.now() - ageSeconds * 1000;
  return `visitor-${UUID.fromFieldsV7(createdMs, randomInt(2 ** 12), randomInt(2 ** 30), randomInt(2 ** 32))}`;
}

export interface TokenWishes {
  identity?: unknown;
  /** The time since it was issued. */
  ageSeconds?: number;
  /** Null leaves `exp` out. */
  lifeSeconds?: number | null;
  header?: object;
  claims?: object;
  grants?: object;
  algorithm?: jwt.Algorithm;
  secret?: string;
}

/** An Access Token as twilio-node creates it. */
export function accessToken(env: Settings, wishes: TokenWishes = {}): string {
  const { identity = visitorIdentity(), ageSeconds = 0, lifeSeconds = HOUR_SECONDS } = wishes;
  const iat = Math.floor(Date.now() / 1000) - ageSeconds;
  const payload = {
    jti: `${env['TWILIO_API_KEY_SID']}-${iat}`,
    iss: env['TWILIO_API_KEY_SID'],
    sub: env['ACCOUNT_SID'],
    iat,
    ...(lifeSeconds === null ? {} : { exp: iat + lifeSeconds }),
    grants: { identity, chat: { service_sid: env['CONVERSATIONS_SERVICE_SID'] }, ...wishes.grants },
    ...wishes.claims,
  };
  const header = { typ: 'JWT', cty: 'twilio-fpa;v=1', ...wishes.header };
  const algorithm = wishes.algorithm ?? 'HS256';
  const secret = algorithm === 'none' ? '' : (wishes.secret ?? env['TWILIO_API_KEY_SECRET']!);
  return signed(payload, secret, { algorithm, header: { alg: algorithm, ...header } });
}

export interface UserTokenWishes {
  sub?: unknown;
  claims?: object;
  ageSeconds?: number;
  lifeSeconds?: number | null;
  algorithm?: jwt.Algorithm;
}

/** A userToken as a host site creates it. */
export function userToken(key: jwt.Secret | jwt.PrivateKey, wishes: UserTokenWishes = {}): string {
  const { sub = 'customer-4711', ageSeconds = 0, lifeSeconds = 300, algorithm = 'HS256' } = wishes;
  const iat = Math.floor(Date.now() / 1000) - ageSeconds;
  const payload = {
    iat,
    sub,
    ...(lifeSeconds === null ? {} : { exp: iat + lifeSeconds }),
    ...wishes.claims,
  };
  return signed(payload, key, { algorithm, header: { alg: algorithm, typ: 'JWT' } });
}

const now = () => Math.floor(Date.now() / 1000);

/** Signed with the right key, but for those with the algorithm none. */
export const REFUSED_USER_TOKENS: [what: string, wishes: UserTokenWishes][] = [
  ['without a subject', { claims: { sub: undefined } }],
  ['with an empty subject', { sub: '' }],
  ['with a number as subject', { sub: 4711 }],
  ['with two subjects', { sub: ['a', 'b'] }],
  ['with a subject of 257 characters', { sub: 'x'.repeat(257) }],
  ['without an expiry', { lifeSeconds: null }],
  ['with an expiry that is not a number', { claims: { exp: 'tomorrow' } }],
  ['that has expired', { ageSeconds: 400, lifeSeconds: 300 }],
  ['that lives longer than ten minutes', { lifeSeconds: 601 }],
  [
    'that hides a long lifetime behind a late time of issue',
    { claims: { iat: now() + 3600, exp: now() + 4000 } },
  ],
  ['that hides a long lifetime without a time of issue', { claims: { iat: undefined, exp: now() + 3600 } }],
  ['that is not valid yet', { claims: { nbf: now() + 300 } }],
  ['with the algorithm none', { algorithm: 'none' }],
  ['with HS512', { algorithm: 'HS512' }],
  ['over 4 KB', { claims: { padding: 'x'.repeat(4096) } }],
];

/** As text, because the library refuses to create some of the tokens that must be rejected. */
function signed(payload: object, key: jwt.Secret | jwt.PrivateKey, options: jwt.SignOptions): string {
  return jwt.sign(JSON.stringify(payload), key, options);
}
