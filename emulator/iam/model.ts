/** What IAM keeps, and what an Access Token says. */

export interface ApiKey {
  sid: string;
  secret: string;
  friendlyName: string;
  dateCreated: Date;
  dateUpdated: Date;
}

export interface AccessTokenClaims {
  identity: string;
  chatServiceSid: string;
  /** Milliseconds since the epoch; null for a token that does not say. */
  issuedAt: number | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}
