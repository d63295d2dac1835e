/**
 * The commands of Twilio's guide, unchanged except for SIDs, run with the real curl and the real twilio-cli.
 * Source: docs https://www.twilio.com/docs/flex/developer/conversations/integrate-a-custom-chat-client-with-flex
 */
import { GuideShell } from './shell';

let shell: GuideShell;

beforeAll(async () => {
  shell = await GuideShell.open();
});
afterAll(() => shell.close());

describe('the guide, from its first command to its agent', () => {
  let conversationSid: string;

  it('2.1 creates a Conversation with curl', async () => {
    const { stdout } = await shell.run(`curl -X POST https://conversations.twilio.com/v1/Conversations \\
--data-urlencode "MessagingServiceSid=MG00000000000000000000000000000001" \\
--data-urlencode "FriendlyName=My First Custom Chat Conversation" \\
-u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN`);

    const conversation = JSON.parse(stdout) as Record<string, string>;
    expect(conversation).toMatchObject({
      friendly_name: 'My First Custom Chat Conversation',
      messaging_service_sid: 'MG00000000000000000000000000000001',
      state: 'active',
    });
    conversationSid = conversation['sid']!;
  });

  it('2.2 adds the customer with twilio-cli', async () => {
    const { stdout, exitCode } =
      await shell.run(`twilio api:conversations:v1:conversations:participants:create \\
    --conversation-sid=${conversationSid} \\
    --identity=customer`);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^SID +Messaging Binding *\nMB[0-9a-f]{32} +null/);
  });

  it('2.3 adds the Studio webhook with twilio-cli', async () => {
    const { flowSid } = shell.emulator.account;
    const { stdout, exitCode } = await shell.run(
      `twilio api:conversations:v1:conversations:webhooks:create --target=studio --configuration.flow-sid=${flowSid} --configuration.filters='onMessageAdded' --conversation-sid=${conversationSid}`,
    );

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^SID +Target *\nWH[0-9a-f]{32} +studio/);
    expect(shell.emulator.journal.entries.at(-1)!.form).toEqual({
      Target: 'studio',
      'Configuration.FlowSid': flowSid,
      'Configuration.Filters': 'onMessageAdded',
    });
  });

  it('4 sends the first message on behalf of the customer', async () => {
    const { exitCode } = await shell.run(
      `twilio api:conversations:v1:conversations:messages:create --author=customer --body=hello --conversation-sid=${conversationSid} --x-twilio-webhook-enabled=true `,
    );

    expect(exitCode).toBe(0);
    expect(shell.emulator.journal.entries.at(-1)!.headers).toMatchObject({
      'x-twilio-webhook-enabled': 'true',
    });
  });

  it('5 to 8 end with an agent who has accepted the Task and joined the Conversation', async () => {
    const { workspaceSid, workers } = shell.emulator.account;
    await shell.emulator.world.webhooks.settled();
    const inWorkspace = `--workspace-sid=${workspaceSid} -o json`;

    const tasks = await shell.run(`twilio api:taskrouter:v1:workspaces:tasks:list ${inWorkspace}`);
    const [task] = JSON.parse(tasks.stdout) as { sid: string; attributes: string }[];
    expect(JSON.parse(task!.attributes)).toMatchObject({ conversationSid, from: expect.any(String) });

    const offers = await shell.run(
      `twilio api:taskrouter:v1:workspaces:tasks:reservations:list --task-sid=${task!.sid} ${inWorkspace}`,
    );
    const [reservation] = JSON.parse(offers.stdout) as { sid: string }[];
    const accepted = await shell.run(
      `twilio api:taskrouter:v1:workspaces:tasks:reservations:update --task-sid=${task!.sid} --sid=${reservation!.sid} --reservation-status=accepted ${inWorkspace}`,
    );
    expect(JSON.parse(accepted.stdout)).toMatchObject([
      { reservationStatus: 'accepted', workerName: workers[0].name },
    ]);

    const people = await shell.run(
      `twilio api:conversations:v1:conversations:participants:list --conversation-sid=${conversationSid} -o json`,
    );
    const identities = (JSON.parse(people.stdout) as { identity: string }[]).map(({ identity }) => identity);
    expect(identities).toEqual(['customer', workers[0].identity]);
  });
});

it("7 creates an Interaction with the guide's request for Send To Flex", async () => {
  const { workspaceSid, workflowSid } = shell.emulator.account;
  const conversation = await shell.run(
    'twilio api:conversations:v1:conversations:create --friendly-name=other -o json',
  );
  const [{ sid }] = JSON.parse(conversation.stdout) as [{ sid: string }];
  await shell.run(
    `twilio api:conversations:v1:conversations:participants:create --conversation-sid=${sid} --identity=customer`,
  );

  const { stdout } = await shell.run(`CHANNEL=$(cat << EOF
{
    "type": "web",
    "initiated_by": "Customer",
    "properties": {
        "media_channel_sid": "${sid}"
        }
}
EOF
)

ROUTING=$(cat << EOF
{
    "type": "TaskRouter",
    "properties": {
        "workspace_sid": "${workspaceSid}",
        "workflow_sid": "${workflowSid}",
        "attributes": {
            "channelType": "web",
            "from": "customer"
        }
    }
}
EOF
)

curl -X POST "https://flex-api.twilio.com/v1/Interactions" \\
--data-urlencode "Channel=$CHANNEL" \\
--data-urlencode "Routing=$ROUTING" \\
-u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN`);

  expect(JSON.parse(stdout)).toMatchObject({ sid: expect.stringMatching(/^KD[0-9a-f]{32}$/) });
});

it('reports errors to twilio-cli as Twilio does: its exit code begins the error code', async () => {
  const unknown = `CH${'0'.repeat(32)}`;
  const { exitCode, stderr } = await shell.run(
    `twilio api:conversations:v1:conversations:fetch --sid=${unknown}`,
  );

  expect(exitCode).toBe(20);
  expect(stderr).toContain('20404');
});

it('blocks requests to the internet', async () => {
  const { exitCode, stderr } = await shell.run('curl -sS https://example.com/');

  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('403');
});
