/** A chat between the widget and Twilio's own Flex UI, as in `npm run flex`: a picture for each thing that happens. */
import { FlexPage } from '../../test/flex/flex-page';
import { attach } from './scenes';
import { toSheet } from './sheet';
import { composer, DOTS, reads, write, type Stage } from './stage';

const WIDGET = { width: 440, height: 700 };
const FLEX = { width: 1120, height: 700 };

/** Customer and agent side by side. The last picture shows the whole chat. */
export async function chatReachesFlex(stage: Stage): Promise<Buffer[]> {
  const flex = await FlexPage.open(stage.browser, stage.stack.emulator.url, {
    viewport: FLEX,
    deviceScaleFactor: DOTS,
  });
  const page = await stage.visitor('data-name="Ada L."', { viewport: WIDGET });
  const pictures: Buffer[] = [];
  const keep = async (): Promise<void> => {
    const cells = [{ picture: await page.screenshot() }, { picture: await flex.page.screenshot() }];
    pictures.push(await toSheet(stage, cells, { columns: 2, widths: [WIDGET.width, FLEX.width] }));
  };
  /** Shows each text while it is typed, sent, and received. */
  const ask = async (text: string): Promise<void> => {
    await composer(page).fill(text);
    await keep();
    await write(page, text);
  };
  const reply = async (text: string): Promise<void> => {
    await flex.composer.click();
    await flex.page.keyboard.type(text);
    await page.getByRole('img', { name: /is typing/ }).waitFor();
    await keep();
    await flex.page.keyboard.press('Enter');
    await reads(page, text);
    await keep();
  };

  await keep();
  await ask('Hello! My cup arrived broken.');
  await flex.acceptButton.waitFor();
  await keep();
  await flex.accept();
  await keep();
  await reply('Hi Ada, I am sorry to hear that. Could you show me?');
  await attach(stage, page);
  await keep();
  await composer(page).press('Enter');
  await flex.text('cup.png').waitFor();
  await keep();
  await reply('Thank you. A new Harbour cup leaves the workshop today.');
  await ask('That was quick, thank you!');
  await flex.text('That was quick, thank you!').waitFor();
  await keep();

  await flex.leave();
  await stage.clear(page);
  return pictures;
}
