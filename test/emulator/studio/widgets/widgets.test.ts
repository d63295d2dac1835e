import type { Condition, Transition } from '../../../../emulator/studio/model';
import { aFlow, aReply, aState, FlowWorld } from '../flow-world';

describe('A widget of a Flow', () => {
  let world: FlowWorld;

  beforeEach(async () => {
    world = await FlowWorld.start();
  });
  afterEach(() => world.emulator.stop());

  describe('Split Based On', () => {
    const split = (subject: string) =>
      aFlow(
        aState('split', 'split-based-on', { input: subject }, [
          { event: 'noMatch', next: 'other' },
          match('sales', { arguments: [subject], type: 'equal_to', value: '1' }),
          match('help', { arguments: [subject], type: 'matches_any_of', value: 'help, support' }),
        ]),
        aReply('sales', 'Sales it is'),
        aReply('help', 'We help'),
        aReply('other', 'Pardon?'),
      );

    it.each([
      ['1', 'Sales it is'],
      [' SUPPORT ', 'We help'],
      ['supporters', 'Pardon?'],
    ])('takes the first transition whose conditions are true: %s', async (body, expected) => {
      await world.run(split('{{trigger.conversation.Body}}'), body);

      expect(await world.answers()).toEqual([expected]);
    });
  });

  describe('Set Variables', () => {
    it('stores values for later widgets, as text or as JSON', async () => {
      const executions = await world.run(
        aFlow(
          aState(
            'set',
            'set-variables',
            {
              variables: [
                { key: 'said', value: '{{trigger.conversation.Body}}' },
                { key: 'who', value: '{"name":"Ada"}', type: 'object' },
              ],
            },
            [{ event: 'next', next: 'tell' }],
          ),
          aReply('tell', '{{flow.variables.who.name}}: {{flow.variables.said}}'),
        ),
      );

      expect(await world.answers()).toEqual(['Ada: hi']);
      const [execution] = await executions.list();
      expect((await executions(execution!.sid).executionContext().fetch()).context).toMatchObject({
        flow: { variables: { said: 'hi', who: { name: 'Ada' } } },
      });
    });
  });

  describe('Run Subflow', () => {
    const subflow = () =>
      aFlow(
        aState(
          'ask',
          'send-and-wait-for-reply',
          { from: 'bot', body: '{{trigger.parent.parameters.question}}' },
          [{ event: 'incomingMessage', next: 'keep' }, { event: 'timeout' }],
        ),
        aState(
          'keep',
          'set-variables',
          { variables: [{ key: 'reply', value: '{{widgets.ask.inbound.Body}}' }] },
          [{ event: 'next' }],
        ),
      );
    const parent = (flowSid: string) =>
      aFlow(
        aState(
          'sub',
          'run-subflow',
          {
            flow_sid: flowSid,
            flow_revision: 'LatestPublished',
            parameters: [{ key: 'question', value: '{{trigger.conversation.Body}}, why?' }],
          },
          [
            { event: 'completed', next: 'tell' },
            { event: 'failed', next: 'sorry' },
          ],
        ),
        aReply('tell', 'Because {{widgets.sub.reply}}{{flow.variables.reply}}'),
        aReply('sorry', 'Sorry'),
      );

    it('runs the other Flow in the same execution, and receives its variables', async () => {
      const executions = await world.run(parent(await world.publish(subflow())));
      expect(await world.answers()).toEqual(['hi, why?']);

      await world.says('of the rain');

      expect(await world.answers()).toEqual(['hi, why?', 'Because of the rain']);
      const all = await executions.list();
      expect(all.map(({ status }) => status)).toEqual(['ended']);
      const steps = (await executions(all[0]!.sid).steps.list()).reverse();
      expect(steps.map(({ transitionedFrom, name }) => `${transitionedFrom} ${name}`)).toEqual([
        'Trigger incomingConversationMessage',
        'Trigger incomingParent',
        'ask incomingMessage',
        'keep next',
        'sub completed',
        'tell sent',
      ]);
    });

    it('fails if the Flow does not exist, or if a Subflow has a Subflow', async () => {
      await world.run(parent(`FW${'0'.repeat(32)}`));
      expect(await world.answers()).toEqual(['Sorry']);

      const inner = await world.publish(parent(await world.publish(subflow())));
      await world.run(parent(inner));
      expect(await world.answers()).toEqual(['Sorry', 'Because']);
    });
  });
});

function match(next: string, condition: Condition): Transition {
  return { event: 'match', next, conditions: [{ friendly_name: next, ...condition }] };
}
