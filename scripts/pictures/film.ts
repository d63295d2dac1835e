/** Combines pictures into an animated GIF, with ffmpeg. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WIDTH = 1200;
const SECONDS_EACH = 1.6;
/** One palette for the whole film, without dithering: the pictures are of user interfaces. */
const FILTER = `scale=${WIDTH}:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=128[p];[b][p]paletteuse=dither=none`;

/** Throws if ffmpeg is not installed. */
export function toFilm(pictures: readonly Buffer[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'film-'));
  try {
    pictures.forEach((picture, index) => writeFileSync(join(folder, `${index}.png`), picture));
    const film = join(folder, 'film.gif');
    const { status, stderr, error } = spawnSync(
      'ffmpeg',
      [
        ...['-framerate', String(1 / SECONDS_EACH), '-i', join(folder, '%d.png')],
        ...['-vf', FILTER, '-loop', '0', film],
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`ffmpeg failed: ${error?.message ?? stderr}`);
    return readFileSync(film);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
