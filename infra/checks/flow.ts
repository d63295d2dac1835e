/** What brings a chat to an agent of this Workspace: the Studio Flow, which exists and is published, or the Workflow of /route-chat. */
import { isDeepStrictEqual } from 'node:util';
import { orMissing } from '../account/twilio';
import { ok, problem, warning, type AccountSubject, type Finding } from './finding';

interface State {
  name?: string;
  type: string;
  transitions: Array<{ event: string; next?: string }>;
  properties?: Record<string, unknown>;
}

const REMEDY = 'npm run provision uploads the Flow of infra/studio again.';

export async function checkFlow({ client, env, flex, project }: AccountSubject): Promise<Finding[]> {
  if (project.isRoutedByInteractions) return checkWorkflow({ client, env, flex });
  const sid = env['STUDIO_FLOW_SID'];
  if (!sid) return [];
  const flow = await client.studio.v2.flows(sid).fetch().catch(orMissing);
  if (!flow) return [problem('flow', `The Studio Flow ${sid} is not in this account.`, REMEDY)];
  if (flow.status !== 'published') {
    return [
      problem(
        'flow',
        `The Studio Flow ${sid} has a draft that is not published.`,
        `Publish it in Studio, or: ${REMEDY}`,
      ),
    ];
  }
  if (!flow.valid)
    return [problem('flow', `The Studio Flow ${sid} has errors.`, `Fix it in Studio, or: ${REMEDY}`)];
  const { states, initial_state: initial } = flow.definition as { states: State[]; initial_state: string };
  const reached = reachable(states, initial).find(({ type }) => type === 'send-to-flex');
  if (!reached) {
    return [
      problem(
        'flow',
        'The incoming Conversation trigger does not lead to Send To Flex.',
        `Fix it in Studio, or: ${REMEDY}`,
      ),
    ];
  }
  const wrong = await checkTargets(client.taskrouter.v1.workspaces(flex.workspaceSid), reached);
  if (wrong) return [wrong];
  const { workflow, channel } = reached.properties as { workflow: string; channel: string };
  if (
    !isDeepStrictEqual(
      flow.definition,
      project.flowDefinition({ workflowSid: workflow, taskChannelSid: channel }),
    )
  ) {
    return [
      warning(
        'flow',
        `The Studio Flow ${sid} differs from the one in infra/studio.`,
        `Ignore this if you changed it on purpose. Otherwise: ${REMEDY}`,
      ),
    ];
  }
  return [ok('flow', `The Studio Flow ${sid} is published and leads to Flex.`)];
}

async function checkWorkflow({
  client,
  env,
  flex,
}: Pick<AccountSubject, 'client' | 'env' | 'flex'>): Promise<Finding[]> {
  const sid = env['TASKROUTER_WORKFLOW_SID'];
  if (!sid) return [];
  const { workflows } = client.taskrouter.v1.workspaces(flex.workspaceSid);
  const workflow = await workflows(sid).fetch().catch(orMissing);
  if (workflow) return [ok('flow', `/route-chat hands chats to the Workflow ${workflow.friendlyName}.`)];
  const remedy = 'Empty TASKROUTER_WORKFLOW_SID and run npm run provision.';
  return [problem('flow', `The Workflow ${sid} is not in Flex's Workspace.`, remedy)];
}

/** Every widget that an incoming Conversation message can reach, on any path. */
function reachable(states: State[], initial: string): State[] {
  const byName = new Map(states.map((state) => [state.name, state]));
  const trigger = byName.get(initial);
  const first = trigger?.transitions.find(({ event }) => event === 'incomingConversationMessage')?.next;
  const seen = new Set<State>();
  const walk = (name: string | undefined): void => {
    const state = name === undefined ? undefined : byName.get(name);
    if (!state || seen.has(state)) return;
    seen.add(state);
    for (const { next } of state.transitions) walk(next);
  };
  walk(first);
  return [...seen];
}

async function checkTargets(
  workspace: ReturnType<AccountSubject['client']['taskrouter']['v1']['workspaces']>,
  { properties }: State,
): Promise<Finding | undefined> {
  const { workflow, channel } = properties as { workflow?: string; channel?: string };
  if (!workflow || !(await workspace.workflows(workflow).fetch().catch(orMissing))) {
    return problem(
      'flow',
      `Send To Flex names the Workflow ${workflow ?? '(none)'}, which is not in the Flex Workspace.`,
      REMEDY,
    );
  }
  if (!channel || !(await workspace.taskChannels(channel).fetch().catch(orMissing))) {
    return problem(
      'flow',
      `Send To Flex names the TaskChannel ${channel ?? '(none)'}, which is not in the Flex Workspace.`,
      REMEDY,
    );
  }
  return undefined;
}
