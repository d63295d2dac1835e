/** The options of `createChat`, checked before anything is created: a wrong one would otherwise fail later, somewhere else. */

/** Programs read `option`, people the message. */
class OptionError extends TypeError {
  override readonly name = 'OptionError';

  constructor(
    call: string,
    readonly option: string,
    problem: string,
  ) {
    super(`${call}: ${option} ${problem}`);
  }
}

/** Not `URL.canParse`, which React Native lacks. A query or a fragment would swallow the paths of the Functions. */
const FUNCTIONS_URL = /^https?:\/\/[^/?#\s]+(\/[^?#\s]*)?$/;
const EXAMPLE = 'https://flex-custom-chat-1234-prod.twil.io';

export function checkFunctionsUrl(call: string, url: unknown): void {
  if (url === undefined || url === null || url === '') {
    throw new OptionError(
      call,
      'functionsUrl',
      `is missing: set the URL of the Functions, such as ${EXAMPLE}`,
    );
  }
  if (typeof url !== 'string' || !FUNCTIONS_URL.test(url)) {
    throw new OptionError(
      call,
      'functionsUrl',
      `must be an http:// or https:// URL without a query, such as ${EXAMPLE}`,
    );
  }
}

const REMEMBER: readonly unknown[] = [undefined, 'site', 'tab', 'none'];

export function checkOptions(options: object | undefined): void {
  const { functionsUrl, remember, userToken, humanCheck } = (options ?? {}) as Record<string, unknown>;
  checkFunctionsUrl('createChat', functionsUrl);
  if (!REMEMBER.includes(remember))
    throw new OptionError('createChat', 'remember', 'must be site, tab or none');
  if (userToken !== undefined && typeof userToken !== 'string' && typeof userToken !== 'function') {
    throw new OptionError('createChat', 'userToken', 'must be a string or a function that returns one');
  }
  if (humanCheck !== undefined && typeof humanCheck !== 'function') {
    throw new OptionError(
      'createChat',
      'humanCheck',
      'must be a function that returns the token of the check',
    );
  }
}
