/** The whole document, as a framework draws it on the server and takes it over in the browser. */
import { useEffect, useState } from 'react';

export function Page({ functionsUrl }) {
  const [isTakenOver, setTakenOver] = useState(false);
  useEffect(() => setTakenOver(true), []);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>A page of React</title>
        <link rel="icon" href="data:," />
        <script async src={`${functionsUrl}/chat.js`} />
      </head>
      <body>
        <h1>{isTakenOver ? 'Taken over' : 'From the server'}</h1>
        <script src="/react-client.js" defer data-functions={functionsUrl} id="client" />
      </body>
    </html>
  );
}
