/** What a browser hands to the SDK besides the token: nothing, except against the emulator. */
import type { Config } from '../settings/config.private';

/** To be spread into an answer. Source: sdk @twilio/conversations (ClientOptions, Twilsock.uri) */
export function clientOptions(config: Config): { clientOptions?: { Twilsock: { uri: string } } } {
  if (config.TWILIO_REALTIME_URL === undefined) return {};
  return { clientOptions: { Twilsock: { uri: config.TWILIO_REALTIME_URL } } };
}
