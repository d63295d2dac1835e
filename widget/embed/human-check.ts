/** Gets the token of a human check from the service whose widget is on the page. All three services have the same two methods. */
import type { ChatSettings } from './settings';

interface CheckWidget {
  /** The token of the first widget; empty until the visitor has passed, and after the token has expired. */
  getResponse(): string | undefined;
  /** A token is valid once. */
  reset(): void;
}

const GLOBALS = { turnstile: 'turnstile', hcaptcha: 'hcaptcha', recaptcha: 'grecaptcha' } as const;
/** Polled, because the services notify only the code that has rendered the widget. */
const LOOK_EVERY_MS = 250;
/** After this time the start fails; the visitor can retry it. */
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
      const check = (): void => {
        const widget = (window as unknown as Record<string, CheckWidget | undefined>)[GLOBALS[setting]];
        const token = tokenOf(widget);
        if (!token) return;
        stop();
        widget!.reset();
        resolve(token);
      };
      const timer = setInterval(check, LOOK_EVERY_MS);
      const limit = setTimeout(() => {
        stop();
        reject(new Error(`The widget of ${setting} on this page has given no token`));
      }, MAX_WAIT_MS);
      check();
    });
}

/** Undefined until the widget is rendered: the services throw before. */
function tokenOf(widget: CheckWidget | undefined): string | undefined {
  try {
    return widget?.getResponse();
  } catch {
    return undefined;
  }
}
