/** What a browser hands to the SDK besides the token: nothing, except against the emulator. */
import { object, optional, string } from 'valibot';
import type { Config } from '../settings/config.private';

/** As Functions answer with them. */
export const clientOptionsEntries = () => ({
  clientOptions: optional(object({ Twilsock: object({ uri: string() }) })),
});

/** To be spread into an answer. Source: sdk @twilio/conversations (ClientOptions, Twilsock.uri) */
export function clientOptions(config: Config): { clientOptions?: { Twilsock: { uri: string } } } {
  if (config.TWILIO_REALTIME_URL === undefined) return {};
  return { clientOptions: { Twilsock: { uri: config.TWILIO_REALTIME_URL } } };
}
