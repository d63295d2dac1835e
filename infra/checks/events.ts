/** The destination of Twilio's events: all Environments share one URL, so one can take the events of another. */
import { targetOption, type Deployment } from '../account/deployment';
import { eventUrls, homeOf, ownerOf, urlAt, type EventUrl } from '../account/event-urls';
import type { Work } from '../account/steps';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

export async function checkEvents(
  work: Work,
  { flex }: AccountSubject,
  deployments: Deployment[],
  examined: Deployment[],
): Promise<Finding[]> {
  const findings = eventUrls(work, flex).map(async (eventUrl) => {
    const expected = homeFor(eventUrl, deployments, examined);
    return expected ? [await checkEvent(eventUrl, { expected, deployments, examined })] : [];
  });
  return (await Promise.all(findings)).flat();
}

/** Production, or else the examined Environment: without production, events belong to the Environment in use. */
function homeFor(
  { functionPath }: EventUrl,
  deployments: Deployment[],
  examined: Deployment[],
): Deployment | undefined {
  const able = examined.filter(({ functionPaths }) => functionPaths.includes(functionPath));
  return able.length === 0 ? undefined : (homeOf(functionPath, deployments) ?? able[0]);
}

interface Deployed {
  expected: Deployment;
  deployments: Deployment[];
  examined: Deployment[];
}

async function checkEvent(
  { what, functionPath, read }: EventUrl,
  { expected, deployments, examined }: Deployed,
): Promise<Finding> {
  const register = `npm run provision -- ${targetOption(expected)}`;
  const { url, missing } = await read();
  if (!url) return problem('event-urls', `${what} go nowhere.`, `${register} registers them.`);
  const owner = ownerOf(url, functionPath, deployments);
  if (!owner) {
    const wanted = urlAt(expected, functionPath);
    const remedy = `Make that program forward them, signed, to ${wanted}, or clear it and run: ${register}`;
    return warning('event-urls', `${what} go to ${url}, which is not a deployment of this project.`, remedy);
  }
  if (missing.length > 0) {
    const message = `${what} go to ${url}, but not ${missing.join(', ')}.`;
    return problem('event-urls', message, `npm run provision -- ${targetOption(owner)} registers them.`);
  }
  // Without production no Environment has priority: any of the examined ones will do.
  const isFree = expected.suffix !== '' && examined.includes(owner);
  if (owner !== expected && !isFree) {
    return problem(
      'event-urls',
      `${what} go to ${owner.name} (${url}), and none to ${expected.name}.`,
      `${register} --take-events moves them to ${expected.name}.`,
    );
  }
  if (examined.includes(owner)) return ok('event-urls', `${what} go to ${url}.`);
  return warning(
    'event-urls',
    `${what} go to ${owner.name} (${url}), and none to ${examined.map(({ name }) => name).join(', ')}.`,
    'An account has one URL for all Environments. To receive events in each, use an account for each.',
  );
}
