/**
 * Uploads and publishes the Studio Flow in `infra/studio`. A Flow that was changed in Studio is overwritten only on an
 * explicit request (docs/decisions/0010).
 */
import type { FlowInstance } from 'twilio/lib/rest/studio/v2/flow';
import { Remedy } from '../terminal';
import { differencesOf, toLines } from './flow-difference';
import type { Flex } from './flex';
import { change, report, type Work } from './steps';
import { explain, orMissing } from './twilio';

/** A run that was stopped before it saved the SID is found by this name. */
const FLOW_NAME = 'Custom chat to Flex';
const COMMIT_MESSAGE = 'npm run provision';

export async function ensureStudioFlow(work: Work, flex: Flex, mayOverwrite = false): Promise<void> {
  const { client, project } = work;
  const definition = project.flowDefinition(flex);
  const wanted = {
    friendlyName: FLOW_NAME,
    status: 'published' as const,
    definition,
    commitMessage: COMMIT_MESSAGE,
  };
  const flow = await findFlow(work);
  if (flow && flow.friendlyName !== FLOW_NAME) {
    const remedy = "Remove STUDIO_FLOW_SID from .env to create this project's Flow";
    return report(
      work,
      'LEFT',
      `Studio Flow ${flow.sid} ("${flow.friendlyName}") was not created by this project. ${remedy}`,
    );
  }
  await checkDefinition(work, wanted);
  if (!flow) {
    await change(
      work,
      { verb: 'made', doing: 'making', thing: `Studio Flow "${FLOW_NAME}", published` },
      async () => {
        const made = await client.studio.v2.flows.create(wanted);
        project.env.merge({ STUDIO_FLOW_SID: made.sid });
      },
    );
    return;
  }
  if (!work.isDryRun) project.env.merge({ STUDIO_FLOW_SID: flow.sid });
  const differences = differencesOf(flow.definition, definition);
  if (differences.length === 0 && flow.status === 'published') {
    return report(work, 'ok', `Studio Flow ${flow.sid}, revision ${flow.revision}`);
  }
  const isDraft = flow.status === 'published' ? '' : ', a draft';
  report(
    work,
    'differs',
    `Studio Flow ${flow.sid}, revision ${flow.revision}${isDraft}, from ${project.flowFile}:`,
  );
  for (const difference of differences) for (const line of toLines(difference)) work.print(line);
  if (!work.isDryRun && !mayOverwrite && !(await isAgreed(work))) {
    const command = 'npm run provision -- --overwrite';
    return report(work, 'LEFT', `the Studio Flow is unchanged. To publish ${project.flowFile}: ${command}`);
  }
  await change(work, { verb: 'updated', doing: 'updating', thing: `Studio Flow ${flow.sid}` }, () =>
    client.studio.v2.flows(flow.sid).update(wanted),
  );
}

/** Studio keeps the replaced revision. */
async function isAgreed({ ask }: Work): Promise<boolean> {
  const answer = await ask?.('Replace it with the file, for every Environment? yes/no');
  return answer === 'yes';
}

/** The Flow in `.env`, or else the one with this project's name. */
async function findFlow({ client, project }: Work): Promise<FlowInstance | undefined> {
  const { STUDIO_FLOW_SID: sid } = project.env.readWellFormed();
  try {
    const named = sid ? await client.studio.v2.flows(sid).fetch().catch(orMissing) : undefined;
    if (named) return named;
    const ours = (await client.studio.v2.flows.list()).find(({ friendlyName }) => friendlyName === FLOW_NAME);
    // A list contains no definitions.
    return ours && (await client.studio.v2.flows(ours.sid).fetch());
  } catch (error) {
    throw explain(error, 'looking for the Studio Flow');
  }
}

/** Removes only a Flow with this project's name. Another Flow in `.env` is kept, there and in the account. */
export async function removeStudioFlow(work: Work): Promise<void> {
  const { client, project } = work;
  const all = await client.studio.v2.flows.list().catch((error: unknown) => {
    throw explain(error, 'looking for the Studio Flow');
  });
  const ours = all.filter(({ friendlyName }) => friendlyName === FLOW_NAME);
  if (ours.length === 0) return report(work, 'ok', 'no Studio Flow of this project');
  for (const { sid } of ours) {
    await change(work, { verb: 'removed', doing: 'removing', thing: `Studio Flow ${sid}` }, async () => {
      await client.studio.v2.flows(sid).remove();
      if (project.env.read()['STUDIO_FLOW_SID'] === sid) project.env.merge({ STUDIO_FLOW_SID: '' });
    });
  }
}

async function checkDefinition(
  { client, project }: Work,
  wanted: { friendlyName: string; status: 'published'; definition: object },
): Promise<void> {
  const checked = await client.studio.v2.flowValidate.update(wanted).catch((error: unknown) => {
    const { details } = error as { details?: object };
    if (details) throw invalid(project.flowFile, details);
    throw explain(error, 'checking the Studio Flow');
  });
  if (!checked.valid) throw invalid(project.flowFile, {});
}

function invalid(file: string, details: object): Remedy {
  return new Remedy(
    `Studio does not take ${file}: ${JSON.stringify(details)}`,
    'Correct the file and run the same command again.',
  );
}
