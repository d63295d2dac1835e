/** Errors as Twilio answers them: `{ code, message, more_info, status }`. Source: docs https://www.twilio.com/docs/api/errors */

/** Not in Twilio's dictionary: for a host that is not Twilio's, and for what the emulator does not serve. */
const OWN_CODES = [20421, 20501];
const OWN_PAGE = 'docs/troubleshooting.md of the emulator';

export class TwilioError extends Error {
  override readonly name = 'TwilioError';

  constructor(
    /** HTTP status. */
    readonly status: number,
    /** Twilio's error code, from the error dictionary. */
    readonly code: number,
    message: string,
    /** Extra facts that some products add, for example the list of problems of an invalid Flow (81022). */
    readonly details?: unknown,
  ) {
    super(message);
  }

  toBody(): object {
    return {
      code: this.code,
      message: this.message,
      more_info: OWN_CODES.includes(this.code) ? OWN_PAGE : `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** 20404, the answer for everything that does not exist. `path` is the path below the product's host. */
export function notFound(path: string): TwilioError {
  return new TwilioError(404, 20404, `The requested resource ${path} was not found`);
}

/**
 * 20001, for a parameter that no finer code covers.
 * Guess: wherever it is used. TaskRouter, Flex and Studio do not document their codes; some may be finer.
 */
export function invalidParameter(message: string): TwilioError {
  return new TwilioError(400, 20001, message);
}

/** 20003, wrong or missing credentials. */
export function unauthorized(): TwilioError {
  return new TwilioError(401, 20003, 'Authenticate');
}

/** For everything that Twilio serves and the emulator does not: never answered as a missing resource or as a success. */
export function notServed(what: string): TwilioError {
  return new TwilioError(501, 20501, `The emulator does not serve ${what}`);
}
