/** Client options for the browser's SDK besides the token: none, except against the emulator. */
import type { Config } from '../settings/config.private';

/** Spread into a response. Source: sdk @twilio/conversations (ClientOptions, Twilsock.uri) */
export function clientOptions(config: Config): { clientOptions?: { Twilsock: { uri: string } } } {
  if (config.TWILIO_REALTIME_URL === undefined) return {};
  return { clientOptions: { Twilsock: { uri: config.TWILIO_REALTIME_URL } } };
}
