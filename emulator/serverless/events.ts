/** What happens in Serverless. The runtime listens. */
import type { Environment, Log } from './model';

export interface ServerlessEvents {
  /** What an Environment serves has changed: another Build, another Variable, or it is gone. */
  environmentChanged: { environment: Environment };
  logged: { log: Log };
}
