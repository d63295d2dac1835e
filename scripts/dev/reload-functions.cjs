// Loaded into twilio-run by `npm run dev`: forgets compiled Functions and assets on a message, so that the next call loads
// the current ones. Packages stay loaded: twilio-run's own --live loads them for each call, which takes half a second.
const { sep } = require('node:path');

process.on('message', (folder) => {
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(folder + sep)) delete require.cache[file];
  }
  process.send('reloaded');
});
// The channel must not keep the process alive.
process.channel?.unref();
