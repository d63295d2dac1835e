/** Gets the token of a human check from the service whose widget is on the page. All three have the same two calls. */
import type { ChatSettings } from './settings';

interface CheckWidget {
  /** Of the first of its widgets; empty until the visitor has passed, and once its token has run out. */
  getResponse(): string | undefined;
  /** A token counts once. */
  reset(): void;
}

const GLOBALS = { turnstile: 'turnstile', hcaptcha: 'hcaptcha', recaptcha: 'grecaptcha' } as const;
/** None of the three says when it is done, but to the code that has drawn it. */
const LOOK_EVERY_MS = 250;
/** As long as a visitor may take. Then the start fails, and can be tried again. */
const MAX_WAIT_MS = 120_000;

export function toHumanCheck(setting: ChatSettings['humanCheck']): (() => Promise<string>) | undefined {
  if (setting === undefined) return undefined;
  if (typeof setting === 'function') return async () => setting();
  return () =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearInterval(timer);
        clearTimeout(limit);
      };
      const look = (): void => {
        const widget = (window as unknown as Record<string, CheckWidget | undefined>)[GLOBALS[setting]];
        const token = tokenOf(widget);
        if (!token) return;
        stop();
        widget!.reset();
        resolve(token);
      };
      const timer = setInterval(look, LOOK_EVERY_MS);
      const limit = setTimeout(() => {
        stop();
        reject(new Error(`The widget of ${setting} on this page has given no token`));
      }, MAX_WAIT_MS);
      look();
    });
}

/** They throw while nothing is drawn. */
function tokenOf(widget: CheckWidget | undefined): string | undefined {
  try {
    return widget?.getResponse();
  } catch {
    return undefined;
  }
}
