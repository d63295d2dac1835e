/** What IAM keeps, and what an Access Token says. */

export interface ApiKey {
  sid: string;
  secret: string;
  friendlyName: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface TokenLifetime {
  /** Milliseconds since the epoch; null for a token that does not say. */
  issuedAt: number | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface AccessTokenClaims extends TokenLifetime {
  identity: string;
  chatServiceSid: string;
  /** Of the app, for push notifications. */
  pushCredentialSid?: string | undefined;
}

/** What an agent's token says beyond that. Source: docs https://www.twilio.com/docs/iam/access-tokens (TaskRouter grant) */
export interface WorkerClaims extends TokenLifetime {
  identity: string;
  workspaceSid: string;
  workerSid: string;
}
