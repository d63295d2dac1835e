/** IAM's records, and the claims of an Access Token. */

export interface ApiKey {
  sid: string;
  secret: string;
  friendlyName: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface TokenLifetime {
  /** Milliseconds since the epoch; null if the token does not have it. */
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

/** The further claims of an agent's token. Source: docs https://www.twilio.com/docs/iam/access-tokens (TaskRouter grant) */
export interface WorkerClaims extends TokenLifetime {
  identity: string;
  workspaceSid: string;
  workerSid: string;
}
