/** What the agent gets to know of the visit, beside the answers. */

/** As the Functions take it. Source: src/assets/http/input.private.ts */
export const PLAIN_NAME = /^(?!friendlyName$)[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Enough for every sensible address; the Task has room for little more. */
const MAX_CHARS = 500;

/** Text under plain names; what is not is left out, because the Functions refuse a start with it. */
export function takeContext(value: object, complain: (problem: string) => void): Record<string, string> {
  const kept = Object.entries(value).filter(([name, one]) => {
    const isGood = PLAIN_NAME.test(name) && typeof one === 'string';
    if (!isGood) complain(`"${name}" is left out: a plain name and text are needed`);
    return isGood;
  });
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Where the visitor is when they begin to chat. */
export function visitOf({ location, title, referrer }: Document): Record<string, string> {
  const known = {
    // Without the fragment: a browser does not pass that on either.
    pageUrl: location.href.split('#')[0]!,
    pageTitle: title,
    referrer,
    language: navigator.language,
  };
  const short = Object.entries(known).map(([name, value]) => [name, [...value].slice(0, MAX_CHARS).join('')]);
  return Object.fromEntries(short.filter(([, value]) => value)) as Record<string, string>;
}
