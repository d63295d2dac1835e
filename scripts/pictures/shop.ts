/** The page around the widget: a shop, plain enough to keep the focus on the chat. */

const drawing = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

const cup = (glaze: string, shade: string): string =>
  drawing(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180"><rect width="240" height="180" fill="${shade}"/>` +
      `<ellipse cx="120" cy="150" rx="62" ry="9" fill="#000" opacity=".08"/>` +
      `<path d="M72 62h96l-7 70a18 18 0 0 1-18 16H97a18 18 0 0 1-18-16Z" fill="${glaze}"/>` +
      `<path d="M166 78c22-4 34 8 31 26s-20 27-36 24" fill="none" stroke="${glaze}" stroke-width="10" stroke-linecap="round"/>` +
      `<ellipse cx="120" cy="62" rx="48" ry="9" fill="#fff" opacity=".55"/></svg>`,
  );

/** The visitor's attachment: a drawn photo. */
export const BROKEN_CUP = drawing(
  `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360" viewBox="0 0 240 180">` +
    `<rect width="240" height="180" fill="#d9c9b3"/><rect y="118" width="240" height="62" fill="#b89d7c"/>` +
    `<ellipse cx="118" cy="148" rx="66" ry="9" fill="#000" opacity=".15"/>` +
    `<path d="M70 60h28l10 24 12-26 14 20 12-18h20l-7 72a18 18 0 0 1-18 16H95a18 18 0 0 1-18-16Z" fill="#3f6f8c"/>` +
    `<path d="M108 84l6 30-9 24" fill="none" stroke="#24475c" stroke-width="2"/>` +
    `<path d="M176 150l26-8 6 12Z" fill="#3f6f8c"/></svg>`,
);

const PRODUCTS: [name: string, price: string, picture: string][] = [
  ['Harbour cup', '€ 24', cup('#3f6f8c', '#e8eef2')],
  ['Moss cup', '€ 24', cup('#5f7f5a', '#ebf0e8')],
  ['Clay cup', '€ 22', cup('#b5714f', '#f4ebe5')],
];

export const SHOP = `
  <div class="shop">
    <header><strong>Ebb &amp; Clay</strong><nav><a href="#">Cups</a><a href="#">Plates</a><a href="#">Workshop</a></nav></header>
    <h2>Made by hand, one at a time</h2>
    <p class="lead">Stoneware from a small workshop by the sea. Every piece is thrown, glazed and fired by the same two hands.</p>
    <ul>${PRODUCTS.map(
      ([name, price, picture]) =>
        `<li><img alt="" src="${picture}"><span>${name}</span><span class="price">${price}</span></li>`,
    ).join('')}</ul>
  </div>`;

export const SHOP_CSS = `
  :root { color-scheme: light dark; }
  body { margin: 0; color: light-dark(#23262b, #e6e8eb); background: light-dark(#faf9f7, #121417);
    font: 16px/1.55 system-ui, sans-serif; }
  main { display: none; }
  .shop { max-width: 720px; padding: 0 48px; }
  .shop header { display: flex; gap: 40px; align-items: baseline; padding: 28px 0 64px; }
  .shop header strong { font: 600 21px Georgia, serif; letter-spacing: -.01em; }
  .shop nav { display: flex; gap: 24px; }
  .shop a { color: inherit; text-decoration: none; opacity: .75; }
  .shop h2 { max-width: 11em; margin: 0 0 16px; font: 500 44px/1.12 Georgia, serif; letter-spacing: -.02em; }
  .lead { max-width: 27em; margin: 0 0 40px; font-size: 17px; color: color-mix(in srgb, currentcolor 80%, transparent); }
  .shop ul { display: grid; grid-template-columns: repeat(3, 1fr); gap: 20px; padding: 0; margin: 0; list-style: none; }
  .shop li { display: grid; grid-template-columns: 1fr auto; font-size: 15px; }
  .shop img { grid-column: 1 / -1; width: 100%; margin-bottom: 8px; border-radius: 10px; }
  .price { opacity: .7; }
  @media (max-width: 600px) {
    .shop { padding: 0 20px; } .shop h2 { font-size: 32px; } .shop ul { grid-template-columns: 1fr 1fr; }
  }`;
