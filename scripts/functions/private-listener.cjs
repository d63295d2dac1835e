// Loaded into twilio-run before its own code. twilio-run listens on all interfaces; this makes its server listen on a
// socket that only this user's programs can open, and no browser page. Requests go to the front (front.ts).
const { Server } = require('node:http');
const net = require('node:net');

const path = process.env.FUNCTIONS_SOCKET;
const { listen } = net.Server.prototype;

net.Server.prototype.listen = function (...args) {
  if (!(this instanceof Server)) return listen.apply(this, args);
  return listen.call(this, { path }, ...args.filter((one) => typeof one === 'function'));
};
