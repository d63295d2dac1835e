/** The API key that signs Access Tokens. Its secret is shown once, so it goes into `.env` before anything else happens. */
import { randomBytes } from 'node:crypto';
import { change, tell, type Work } from './steps';
import { explain, orMissing } from './twilio';

/** Marks the keys that belong to this very `.env`, in a comment there and in the keys' names. */
const MARK = 'provisioned as';

export async function ensureApiKey(work: Work, accountSid: string): Promise<void> {
  const { client, project } = work;
  const { TWILIO_API_KEY_SID: present, TWILIO_API_KEY_SECRET: secret } = project.env.read();
  await removeOrphans(work, accountSid, present);
  if (present && secret) {
    const key = await client.iam.v1
      .apiKey(present)
      .fetch()
      .catch(orMissing)
      .catch((error: unknown) => {
        throw explain(error, `reading the API key ${present}`);
      });
    if (key) return tell(work, 'ok', `API key ${present}`);
    tell(work, 'gone', `API key ${present} is in .env and not in the account`);
  }
  const mark = project.env.note(MARK) ?? randomBytes(4).toString('hex');
  if (!work.isDryRun) project.env.addNote(MARK, mark);
  await change(
    work,
    { verb: 'made', doing: 'making', thing: `API key "${keyName(mark)}", its secret is in .env` },
    async () => {
      const key = await client.iam.v1.newApiKey.create({ accountSid, friendlyName: keyName(mark) });
      project.env.merge({ TWILIO_API_KEY_SID: key.sid, TWILIO_API_KEY_SECRET: key.secret });
    },
  );
}

/** For teardown. A key that somebody else wrote into `.env` stays, there and in the account. */
export async function removeApiKeys(work: Work, accountSid: string): Promise<void> {
  const { project } = work;
  const { TWILIO_API_KEY_SID: present } = project.env.read();
  const removed = await removeOrphans(work, accountSid, undefined);
  if (present && removed.includes(present)) {
    project.env.merge({ TWILIO_API_KEY_SID: '', TWILIO_API_KEY_SECRET: '' });
  } else if (removed.length === 0 && !work.isDryRun) {
    tell(work, 'ok', 'no API key of ours');
  }
}

/**
 * Keys of ours that are not `kept`: a run that was stopped right after making one could not keep its secret, and nobody
 * can use it any more. Answers with the SIDs that are gone.
 */
async function removeOrphans(work: Work, accountSid: string, kept: string | undefined): Promise<string[]> {
  const { client, project } = work;
  const mark = project.env.note(MARK);
  if (mark === undefined) return [];
  const all = await client.iam.v1.getApiKeys.list({ accountSid }).catch((error: unknown) => {
    throw explain(error, 'listing the API keys');
  });
  const orphans = all.filter(({ sid, friendlyName }) => friendlyName === keyName(mark) && sid !== kept);
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
