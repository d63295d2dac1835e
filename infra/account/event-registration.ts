/** Registers an Environment for Twilio's events, and removes the registration. */
import { targetOption, type Deployment } from './deployment';
import { eventUrls, homeOf, isOurs, ownerOf, urlAt, type EventUrl } from './event-urls';
import type { Flex } from './flex';
import { change, report, type Work } from './steps';
import { explain } from './twilio';

export interface Registration {
  /** The Environment that is to receive the events. */
  deployment: Deployment | undefined;
  /** Every deployed Environment. */
  deployments: Deployment[];
  /** Whether to replace the registration of another Environment. */
  mayTake: boolean;
}

export async function ensureEventUrls(work: Work, flex: Flex, registration: Registration): Promise<void> {
  const { deployment } = registration;
  if (!deployment) return report(work, 'later', 'event URLs: nothing is deployed yet');
  for (const eventUrl of eventUrls(work, flex)) {
    const { what, functionPath } = eventUrl;
    if (!deployment.functionPaths.includes(functionPath)) {
      report(work, 'ok', `${what}: the deployed build has no ${functionPath}`);
      continue;
    }
    await ensureEventUrl(work, eventUrl, { ...registration, deployment });
  }
}

async function ensureEventUrl(
  work: Work,
  { what, functionPath, read, write }: EventUrl,
  { deployment, deployments, mayTake }: Registration & { deployment: Deployment },
): Promise<void> {
  const wanted = urlAt(deployment, functionPath);
  const { url, missing } = await read().catch((error: unknown) => {
    throw explain(error, `reading the URL for ${what}`);
  });
  const take = `npm run provision -- ${targetOption(deployment)} --take-events`;
  if (url === wanted && missing.length === 0) return report(work, 'ok', `${what} go to ${wanted}`);
  if (url && url !== wanted) {
    const owner = ownerOf(url, functionPath, deployments);
    if (!owner && !isOurs(url, functionPath, work.project.serviceName)) {
      const forward = `Make that program forward them, signed, to ${wanted}`;
      return report(work, 'LEFT', `${what} go to ${url}, which belongs to another program. ${forward}`);
    }
    if (!mayTake) {
      const where = owner ? `${owner.name} (${url})` : url;
      return report(work, 'LEFT', `${what} go to ${where}, another Environment. To take them: ${take}`);
    }
  }
  const home = homeOf(functionPath, deployments);
  if (!url && home && home !== deployment && !mayTake) {
    const there = `npm run provision -- ${targetOption(home)}`;
    return report(
      work,
      'LEFT',
      `${what} go nowhere; they belong to ${home.name}: ${there}. To take them: ${take}`,
    );
  }
  const thing = `${what}: ${wanted}${url && url !== wanted ? ` (was ${url})` : ''}`;
  await change(work, { verb: 'set', doing: 'setting', thing }, () => write(wanted));
}

/** For teardown: URLs of the removed Service would be dead. */
export async function removeEventUrls(work: Work, flex: Flex, deployment: Deployment): Promise<void> {
  for (const { what, functionPath, read, write } of eventUrls(work, flex)) {
    if (!deployment.functionPaths.includes(functionPath)) continue;
    const { url } = await read().catch((error: unknown) => {
      throw explain(error, `reading the URL for ${what}`);
    });
    if (url !== urlAt(deployment, functionPath)) continue;
    await change(work, { verb: 'removed', doing: 'removing', thing: `the URL for ${what}` }, () => write(''));
  }
}
