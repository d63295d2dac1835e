/** Opening failed. `rejected`: Twilio refuses the token. `gone`: not this identity's Conversation. `unreachable`: try again. */
export class OpenError extends Error {
  override readonly name = 'OpenError';

  constructor(
    readonly code: 'rejected' | 'gone' | 'unreachable',
    options?: ErrorOptions,
  ) {
    super(`The Conversation could not be opened: ${code}`, options);
  }
}
