/** The API key that signs Access Tokens. Twilio shows its secret once, so it is written to `.env` at once. */
import { randomBytes } from 'node:crypto';
import { findDeployments } from './deployment';
import { change, report, type Work } from './steps';
import { explain, orMissing } from './twilio';

/** Marks the keys that belong to this `.env`, in a comment there and in the keys' names. */
const MARK = 'provisioned as';

/** With `isRotation`, a new key replaces the one in `.env`; the old one keeps working until it is removed. */
export async function ensureApiKey(work: Work, accountSid: string, isRotation = false): Promise<void> {
  const { client, project } = work;
  const { TWILIO_API_KEY_SID: present, TWILIO_API_KEY_SECRET: secret } = project.env.readWellFormed();
  await removeOrphans(work, accountSid, [present, ...(await deployedKeys(work))]);
  if (present && secret && !isRotation) {
    const key = await client.iam.v1
      .apiKey(present)
      .fetch()
      .catch(orMissing)
      .catch((error: unknown) => {
        throw explain(error, `reading the API key ${present}`);
      });
    if (key) return report(work, 'ok', `API key ${present}`);
    report(work, 'gone', `API key ${present} is in .env and not in the account`);
  }
  // The mark is written first, so that a run after an interrupted one recognises the key.
  const known = isRotation ? undefined : project.env.note(MARK);
  const mark = known ?? randomBytes(4).toString('hex');
  if (!work.isDryRun && mark !== known) project.env.setNote(MARK, mark);
  const thing = `API key "${keyName(mark)}", with its secret in .env`;
  await change(work, { verb: 'made', doing: 'making', thing }, async () => {
    const key = await client.iam.v1.newApiKey.create({ accountSid, friendlyName: keyName(mark) });
    project.env.merge({ TWILIO_API_KEY_SID: key.sid, TWILIO_API_KEY_SECRET: key.secret });
  });
  if (isRotation && present) {
    report(work, 'kept', `API key ${present}: remove it in the Console one hour after npm run deploy`);
  }
}

/** The deployment may sign with another key than the one in `.env`; visitors hold tokens signed with it. */
async function deployedKeys(work: Work): Promise<string[]> {
  const { client } = work;
  const lists = (await findDeployments(work)).map(({ serviceSid, environmentSid }) =>
    client.serverless.v1.services(serviceSid).environments(environmentSid).variables.list(),
  );
  const variables = (await Promise.all(lists)).flat();
  return variables.filter(({ key }) => key === 'TWILIO_API_KEY_SID').map(({ value }) => value);
}

/** For teardown. Keeps a key that this project did not create, in `.env` and in the account. */
export async function removeApiKeys(work: Work, accountSid: string): Promise<void> {
  const { project } = work;
  const { TWILIO_API_KEY_SID: present } = project.env.read();
  const removed = await removeOrphans(work, accountSid, []);
  if (present && removed.includes(present)) {
    project.env.merge({ TWILIO_API_KEY_SID: '', TWILIO_API_KEY_SECRET: '' });
  } else if (removed.length === 0 && !work.isDryRun) {
    report(work, 'ok', 'no API key of this project');
  }
}

/**
 * This project's keys that are not among `kept`: an interrupted run could not save the secret, so the key is unusable.
 * Returns the removed SIDs.
 */
async function removeOrphans(
  work: Work,
  accountSid: string,
  kept: Array<string | undefined>,
): Promise<string[]> {
  const { client, project } = work;
  const mark = project.env.note(MARK);
  if (mark === undefined) return [];
  const all = await client.iam.v1.getApiKeys.list({ accountSid }).catch((error: unknown) => {
    throw explain(error, 'listing the API keys');
  });
  const orphans = all.filter(
    ({ sid, friendlyName }) => friendlyName === keyName(mark) && !kept.includes(sid),
  );
  for (const { sid } of orphans) {
    const thing = `API key ${sid}`;
    await change(work, { verb: 'removed', doing: 'removing', thing }, () =>
      client.iam.v1.apiKey(sid).remove(),
    );
  }
  return work.isDryRun ? [] : orphans.map(({ sid }) => sid);
}

function keyName(mark: string): string {
  return `flex-custom-chat ${mark}`;
}
