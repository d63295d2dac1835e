import { Afterwards } from '../../../emulator/core/afterwards';

let done: string[];
let afterwards: Afterwards;

beforeEach(() => {
  done = [];
  afterwards = new Afterwards();
});

const job = (name: string) => () => void done.push(name);

it('runs its jobs after the current step, in order', async () => {
  afterwards.add(job('one'));
  afterwards.add(job('two'));

  expect(done).toEqual([]);
  await Promise.resolve();
  expect(done).toEqual(['one', 'two']);
});

it('runs each of them once', async () => {
  afterwards.add(job('one'));

  afterwards.finish();
  afterwards.finish();

  await Promise.resolve();
  expect(done).toEqual(['one']);
});

it('reports a job that fails, and runs the others', () => {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  afterwards.add(() => {
    throw new Error('Nothing is kept for CH1');
  });
  afterwards.add(job('two'));

  afterwards.finish();

  expect(done).toEqual(['two']);
  expect(write.mock.calls).toEqual([[expect.stringContaining('Error: Nothing is kept for CH1')]]);
  write.mockRestore();
});
