/** Paths inside a tunnel: a request that travels in the body of another one, or in a frame. */
import { invalidParameter, notServed } from './errors';

interface Route {
  method: string;
  /** With `:name` for a segment to be read. */
  path: string;
}

/** Answers 501 if no path matches. */
export function routeFor<Found extends Route>(
  routes: readonly Found[],
  method: string,
  path: string,
): { route: Found; params: Record<string, string> } {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : undefined;
    if (params) return { route, params };
  }
  throw notServed(`${method} ${path}`);
}

/** The named segments of `path`, decoded, where it is like `pattern`: `Workers/:workerSid`. */
function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [position, segment] of wanted.entries()) {
    const value = decodeSegment(given[position]!);
    if (segment.startsWith(':')) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

export function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidParameter(`${text} is not percent-encoded text`);
  }
}
