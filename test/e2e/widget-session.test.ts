/** The chat and the visitor’s unsent text when the session cannot be renewed or no agent accepts the chat. */
import { describeInBrowser } from '../support/chromium';
import { useWidget } from '../support/widget-world';

const SORRY = 'No agent is available. Please try again tomorrow.';
/** Longer than the Flow's Task waits for an agent. */
const TOKEN_TTL_SECONDS = 7200;
/** Only the emulator's clock is moved: what the Functions issue afterwards must outlive the move. */
const LONGER = { TOKEN_TTL_SECONDS: String(2 * TOKEN_TTL_SECONDS) };
const TASK_TIMEOUT_MS = 3_600_000;

describeInBrowser('the session of a visitor', () => {
  const settings = { TOKEN_TTL_SECONDS: String(TOKEN_TTL_SECONDS), UNANSWERED_MESSAGE: SORRY };
  const world = useWidget(settings);
  const passTokenLife = (): void => world.stack.emulator.world.clock.advance(TOKEN_TTL_SECONDS * 1000);

  describe('that may not be renewed', () => {
    afterEach(() => world.stack.configure({}));

    it('says so, and takes what was not sent into a new chat', async () => {
      const visitor = await world.arriveAndWrite('hello');
      await world.stack.configure({ SESSION_MAX_SECONDS: '1' });

      passTokenLife();
      await visitor.write('did you get this?');
      await visitor.composer.fill('I was about to say');
      const over = 'Your session has ended. Start a new chat to continue.';
      await visitor.page.getByRole('alert').getByText(over).waitFor();
      expect(await visitor.transcript.getByText('Not sent.').count()).toBe(1);
      // The session has ended, so a retry cannot work.
      expect(await visitor.button('Try again').count()).toBe(0);
      await visitor.button('Start a new chat').click();

      await visitor.composer.waitFor();
      expect(await visitor.composer.inputValue()).toBe('did you get this?\nI was about to say');
      const [old] = world.conversations();
      await world.stack.configure(LONGER);
      await visitor.composer.press('Enter');
      await visitor.sent('I was about to say').waitFor();
      expect(world.conversations().filter(({ sid }) => sid !== old!.sid)).toHaveLength(1);
    });

    it('continues by itself if only the token had expired', async () => {
      const visitor = await world.arriveAndWrite('hello');
      await world.stack.configure(LONGER);

      passTokenLife();
      await visitor.write('did you get this?');

      await visitor.sent('did you get this?').waitFor();
      await visitor.page.getByText('Waiting for an agent').waitFor();
      expect(world.bodies().filter((body) => body === 'did you get this?')).toHaveLength(1);
    });
  });

  describe('whom no agent answers', () => {
    /** As `provision` registers it. */
    beforeEach(async () => {
      const { twilio, account, functionsUrl } = world.stack;
      await twilio.taskrouter.v1.workspaces(account.workspaceSid).update({
        eventCallbackUrl: `${functionsUrl}/task-events`,
        eventsFilter: 'task.canceled,task.completed,workflow.timeout',
      });
    });

    it('reads so when the Task has waited too long, and can begin again', async () => {
      const visitor = await world.arriveAndWrite('hello');

      world.stack.emulator.world.clock.advance(TASK_TIMEOUT_MS + 1000);

      await visitor.transcript.getByText(SORRY).waitFor();
      await visitor.transcript.getByText('This chat has ended.').waitFor();
      expect(world.conversation().state).toBe('closed');
      await visitor.button('Start a new chat').click();
      await visitor.write('hello again');
      await visitor.sent('hello again').waitFor();
      expect(world.conversations()).toHaveLength(2);
    });

    it('can continue in the same chat if the settings leave it open', async () => {
      await world.stack.configure({ UNANSWERED_CLOSES: 'false' });
      const { twilio, account } = world.stack;
      const tasks = twilio.taskrouter.v1.workspaces(account.workspaceSid).tasks;
      const visitor = await world.arriveAndWrite('hello');
      const [task] = await tasks.list();

      await tasks(task!.sid).update({ assignmentStatus: 'canceled', reason: 'by a supervisor' });

      await visitor.transcript.getByText(SORRY).waitFor();
      await world.stack.emulator.world.taskrouter.eventCallbacks.settled();
      const offered = world.stack.nextReservation();
      await visitor.write('please do');
      await offered;
      await visitor.sent('please do').waitFor();
      expect(world.conversation().state).toBe('active');
      expect(world.bodies().filter((body) => body === SORRY)).toHaveLength(1);
      await world.stack.configure({});
    });
  });
});
