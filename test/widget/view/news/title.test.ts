import { createTitle } from '../../../../widget/view/news/title';

describe('the title of the page', () => {
  const page = { title: '' };
  let show: (count: number) => void;

  beforeEach(() => {
    page.title = 'A shop';
    show = createTitle(page);
  });

  const after = (...counts: number[]): string => {
    for (const count of counts) show(count);
    return page.title;
  };

  it('has the count before it, until there is none', () => {
    expect(after(1)).toBe('(1) A shop');
    expect(after(2)).toBe('(2) A shop');
    expect(after(0)).toBe('A shop');
  });

  it('that the page changes meanwhile is the page’s', () => {
    after(1);
    page.title = 'Basket';

    expect(after(2)).toBe('(2) Basket');
    expect(after(0)).toBe('Basket');
  });

  it('that counts by itself is left alone', () => {
    page.title = '(3) Inbox';

    expect(after(1)).toBe('(3) Inbox');
    expect(after(0)).toBe('(3) Inbox');
  });

  it('that begins to count while ours is there is left alone from then on', () => {
    after(1);
    page.title = '(1) Inbox';

    expect(after(0)).toBe('(1) Inbox');
  });
});
