/**
 * Makes the emulator report events of Tasks and Conversations to the local Functions, as `npm run provision` does at
 * Twilio.
 */
import type { Emulator } from '../emulator/emulator';
import { eventUrls } from '../infra/account/event-urls';
import { connect } from '../infra/account/twilio';

/** A reset creates a new account without registrations. */
export async function reportEvents(emulator: Emulator, functionsUrl: string): Promise<void> {
  await register(emulator, functionsUrl);
  const reset = emulator.reset.bind(emulator);
  emulator.reset = async () => {
    await reset();
    await register(emulator, functionsUrl);
  };
}

async function register({ account, url }: Emulator, functionsUrl: string): Promise<void> {
  const { accountSid, authToken } = account;
  const client = connect(accountSid, authToken, accountSid, { TWILIO_API_BASE_URL: url });
  for (const { functionPath, write } of eventUrls({ client }, account)) {
    await write(`${functionsUrl}${functionPath}`);
  }
}
