/** Data about the visit for the agent, in addition to the answers. */

/** The same rule as in the Functions. Source: src/assets/http/input.private.ts */
export const PLAIN_NAME = /^(?!friendlyName$)[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Enough for usual URLs; the Task has little room for more. */
const MAX_CHARS = 500;

/** Keeps text under plain names; the rest is left out, because the Functions would reject the start. */
export function takeContext(value: object, reportProblem: (problem: string) => void): Record<string, string> {
  const kept = Object.entries(value).filter(([name, one]) => {
    const isGood = PLAIN_NAME.test(name) && typeof one === 'string';
    if (!isGood) reportProblem(`"${name}" is left out: a plain name and text are needed`);
    return isGood;
  });
  return Object.fromEntries(kept) as Record<string, string>;
}

/** The page on which the visitor starts the chat. */
export function visitOf({ location, title, referrer }: Document): Record<string, string> {
  const known = {
    // Without the fragment, as in a browser's referrer.
    pageUrl: location.href.split('#')[0]!,
    pageTitle: title,
    referrer,
    language: navigator.language,
  };
  const short = Object.entries(known).map(([name, value]) => [name, [...value].slice(0, MAX_CHARS).join('')]);
  return Object.fromEntries(short.filter(([, value]) => value)) as Record<string, string>;
}
