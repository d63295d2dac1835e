/** What happens in the realtime service. The timeline listens. */
import type { AccessTokenClaims } from '../iam/model';

export interface RealtimeEvents {
  sessionOpened: { identity: string; claims: AccessTokenClaims };
  sessionClosed: { identity: string; claims: AccessTokenClaims };
  requestHandled: { identity: string; method: string; path: string; status: number };
}
