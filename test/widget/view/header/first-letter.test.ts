import { firstLetter } from '../../../../widget/view/header/first-letter';

it.each([
  ['Grace', 'en', 'G'],
  ['étienne', 'fr', 'É'],
  ['ilkay', 'tr', 'İ'],
  ['🦊 Robin', 'en', '🦊'],
  ['👩‍👩‍👧 Kim', 'en', '👩‍👩‍👧'],
  ['', 'en', ''],
])('what stands for %p in %p is %p', (name, language, letter) => {
  expect(firstLetter(name, language)).toBe(letter);
});
