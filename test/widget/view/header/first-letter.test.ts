import { firstLetter } from '../../../../widget/view/header/first-letter';

it.each([
  ['Grace', 'G'],
  ['étienne', 'É'],
  ['🦊 Robin', '🦊'],
  ['👩‍👩‍👧 Kim', '👩‍👩‍👧'],
  ['', ''],
])('what stands for %p is %p', (name, letter) => {
  expect(firstLetter(name)).toBe(letter);
});
