/**
 * `npm run pictures`: takes the pictures in docs/images: the real widget and the real desk, in Chromium, against the
 * emulator. Only the shop around the widget is drawn.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand, type CommandOptions } from '../infra/terminal';
import { isFetched } from './flex-ui/fetch';
import { ON_A_PAGE } from './pictures/page-scenes';
import { toFilm } from './pictures/film';
import { chatReachesFlex } from './pictures/flex-scene';
import { chatAndDesk, onTheSite, STATES } from './pictures/scenes';
import { toSheet } from './pictures/sheet';
import { Stage } from './pictures/stage';

const USAGE = {
  command: 'npm run pictures',
  does: 'Takes the pictures in docs/images, with the real widget, desk and Flex UI.',
  options: { 'only-flex': { type: 'boolean', help: 'takes the film with Flex UI only' } },
} as const;
const FOLDER = join(__dirname, '..', 'docs', 'images');

async function makePictures({ args = [] }: CommandOptions): Promise<void> {
  const { values } = parseArgs({ args, options: USAGE.options });
  mkdirSync(FOLDER, { recursive: true });
  const stage = await Stage.open();
  try {
    const keep = (name: string, picture: Buffer): void => {
      writeFileSync(join(FOLDER, name), picture);
      console.log(`docs/images/${name}  ${Math.round(picture.length / 1024)} KiB`);
    };
    if (isFetched()) keep('flex.gif', toFilm(await chatReachesFlex(stage)));
    else console.log('docs/images/flex.gif is unchanged: npm run flex has not been used here.');
    if (values['only-flex']) return;
    keep('chat.png', await chatAndDesk(stage));
    keep('widget.png', await onTheSite(stage));
    for (const [name, scenes] of Object.entries({ states: STATES, page: ON_A_PAGE })) {
      const cells: { caption: string; picture: Buffer }[] = [];
      for (const { caption, take } of scenes) cells.push({ caption, picture: await take(stage) });
      keep(`${name}.png`, await toSheet(stage, cells));
    }
  } finally {
    await stage.close();
  }
}

runCommand(makePictures, USAGE);
