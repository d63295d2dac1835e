/** The whole way of a chat between our widget and the real Flex UI. Twilio's side of it was written by Twilio. */
import { describeInBrowser } from '../support/chromium';
import { useWidget } from '../support/widget-world';
import { FlexPage } from './flex-page';

/** One dot. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describeInBrowser('a customer in the widget, agents in Flex UI', () => {
  const world = useWidget();
  const agents: FlexPage[] = [];
  const open = async (agent?: string): Promise<FlexPage> => {
    const flex = await FlexPage.open(world.browser, world.stack.emulator.url, { agent });
    agents.push(flex);
    return flex;
  };
  afterEach(async () => {
    for (const flex of agents.splice(0)) await flex.leave();
  });

  it('accept, talk, a picture, transfer to another agent, end and complete', async () => {
    world.site.body = world.embed('data-name="Ada L."');
    const grace = await open();
    const ada = await world.arriveAndWrite('My cup arrived broken');

    // Flex shows the customer by the name that they gave, never by their identity.
    await grace.text('Ada L.').waitFor();
    await grace.accept();
    await grace.text('My cup arrived broken').waitFor();
    await grace.write('Could you show me?');
    await ada.transcript.getByText('Could you show me?').waitFor();
    const chooser = ada.page.waitForEvent('filechooser');
    await ada.button('Attach files').click();
    await (await chooser).setFiles({ name: 'cup.png', mimeType: 'image/png', buffer: PICTURE });
    await ada.write('Here it is');
    await grace.text('Here it is').waitFor();
    await grace.text('cup.png').waitFor();
    expect(await grace.page.locator('body').innerText()).not.toMatch(/visitor-[0-9a-f]{8}/);

    const linus = await open('linus');
    await linus.moveTo('Available');
    await grace.page.bringToFront();
    await grace.transferTo('Linus');
    await linus.page.bringToFront();
    await linus.accept();
    await linus.text('Here it is').waitFor();
    await linus.write('Linus here, a new cup is on its way');
    await ada.transcript.getByText('Linus here, a new cup is on its way').waitFor();
    expect(world.conversation().state).toBe('active');

    await ada.write('Thank you!');
    await linus.text('Thank you!').waitFor();
    await linus.end();
    await linus.complete();
    await ada.button('New chat').waitFor();

    expect(world.conversation().state).toBe('closed');
    expect(world.messages().map(({ author, body }) => [author?.split('-')[0], body])).toEqual([
      ['visitor', 'My cup arrived broken'],
      ['grace_40example_2Ecom', 'Could you show me?'],
      ['visitor', 'Here it is'],
      ['linus_40example_2Ecom', 'Linus here, a new cup is on its way'],
      ['visitor', 'Thank you!'],
    ]);
    expect([...grace.elsewhere, ...linus.elsewhere]).toEqual([]);
  });
});
