/** The phone on which the app runs: it registers for push notifications with each connection. */
import type { Client } from '@twilio/conversations';
import type { FunctionsClient } from '../transport/functions-client';

export interface PushOptions {
  /** The name of the app's Credential in PUSH_CREDENTIAL_SIDS, for example `ios`. */
  platform: string;
  /** `apn`: Apple's device tokens. `fcm`: Google's. */
  type: 'apn' | 'fcm';
  /** The token that the system gave this app. Called with each connection; null: there is none, for example without permission. */
  deviceToken: () => string | null | Promise<string | null>;
}

export class Device {
  private registered: { client: Client; token: string } | null = null;

  constructor(private readonly options: PushOptions) {}

  /** The same Functions, which issue tokens with the app's Credential. */
  through(functions: FunctionsClient): FunctionsClient {
    const { platform } = this.options;
    return {
      ...functions,
      issueToken: (proof) => functions.issueToken({ ...proof, platform }),
      startChat: (input) => functions.startChat({ ...input, platform }),
    };
  }

  /** Returns the connection at once. */
  register<Connection extends { client: Client }>(connection: Connection): Connection {
    void this.registerWith(connection.client);
    return connection;
  }

  /** Never rejects: without push notifications the chat works. */
  private async registerWith(client: Client): Promise<void> {
    try {
      const token = await this.options.deviceToken();
      if (token === null) return;
      this.registered = { client, token };
      await client.setPushRegistrationId(this.options.type, token);
    } catch {
      // The SDK has retried. The next connection registers again.
    }
  }

  /** For the current visitor, whose client must still be connected. */
  unregister(): void {
    const { registered } = this;
    this.registered = null;
    registered?.client.removePushRegistrations(this.options.type, registered.token).catch(() => undefined);
  }
}
