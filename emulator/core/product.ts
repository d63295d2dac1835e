/** The interface of all products: created with the same dependencies, registered and stopped in the same way. */
import type { Account } from './account';
import type { Clock } from './clock';
import type { FlexUi } from './flex-ui';
import type { Routing } from './routing';
import type { SocketRoute } from './sockets';

export interface Surroundings {
  account: Account;
  clock: Clock;
  /** The emulator's own address, which products call in place of Twilio. */
  emulatorUrl: string;
  /** A Flex account on its first day has all of Flex's resources and none that this project provisions: no Flow, no API key. */
  isFirstDay: boolean;
  /** How many Messages are kept, those of all Conversations together; 100,000 unless given. */
  maxMessages: number | undefined;
  flexUi: FlexUi;
}

export interface Product<Domain = unknown> {
  /** Its state and its rules, without HTTP: what the other products, the controls and the tests work with. */
  domain: Domain;
  /** Adds its REST API and its controls. */
  register(http: Routing): void;
  /** Its WebSockets. */
  sockets?: readonly SocketRoute[];
  /** After a restore: sets the timers again and announces the restored resources to other products. */
  resume?(): void;
  /** Ends all background activity: pending requests, connections, processes. */
  dispose?(): void | Promise<void>;
}
