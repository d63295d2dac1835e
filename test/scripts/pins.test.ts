/** What `npm run pins` says, with npm's answers and the date given: neither is asked here. */
import { join } from 'node:path';
import { lifetimeOf } from '../../infra/checks/node-lifetimes';
import { checkNode, checkPin, readPins } from '../../scripts/pins/pins';

const root = join(__dirname, '..', '..');

it.each<[string, string, boolean]>([
  ['6.2.0', '6.99.0', false],
  ['6.2.0', '7.0.0', true],
  ['6.2.0', '5.9.0', false],
  ['0.17.0', '0.17.9', false],
  ['0.17.0', '0.18.0', true],
  ['0.17.0', '1.0.0', true],
])('holds %s against %s', (version, newest, isBehind) => {
  expect(checkPin({ name: 'twilio', version }, newest).isBehind).toBe(isBehind);
});

it('reports a major that was declined no more, and a later one again', () => {
  const declined = { twilio: { major: 7, why: 'it needs Node 26' } };

  expect(checkPin({ name: 'twilio', version: '6.2.0' }, '7.1.0', declined)).toEqual({
    what: 'twilio 6.2.0, newest 7.1.0 (not taken: it needs Node 26)',
    isBehind: false,
  });
  expect(checkPin({ name: 'twilio', version: '6.2.0' }, '8.0.0', declined).isBehind).toBe(true);
});

it('looks at what runs at Twilio, and at Twilio’s packages, but at no alias', () => {
  const names = readPins(root).map(({ name }) => name);

  expect(names).toEqual(
    expect.arrayContaining(['@twilio/runtime-handler', 'twilio', '@twilio/conversations', 'twilio-run']),
  );
  expect(names).not.toContain('@twilio/conversations-2');
});

it.each<[string, boolean]>([
  ['2027-04-29T12:00:00Z', false],
  ['2027-04-30T23:59:59Z', false],
  ['2027-05-01T00:00:00Z', true],
])('knows at %s whether Node 22 has ended', (now, isBehind) => {
  expect(checkNode('.nvmrc', '22', Date.parse(now)).isBehind).toBe(isBehind);
});

it('warns 90 days before', () => {
  expect(lifetimeOf('node22', Date.parse('2027-01-01'))).toMatchObject({
    isEndingSoon: false,
    isOver: false,
  });
  expect(lifetimeOf('node22', Date.parse('2027-02-15'))).toMatchObject({ isEndingSoon: true, isOver: false });
});

it('takes a version without a known end for one that is behind', () => {
  expect(checkNode('.nvmrc', '99').isBehind).toBe(true);
});
