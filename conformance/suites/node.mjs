// Runs our cases with a client in Node, and prints the results as JSON: node.mjs URL '{"client", "version", "transports", …}'.
import { createRequire } from 'node:module';
import { runCases } from './cases.mjs';
import * as engineio from './engineio.mjs';
import * as socketio from './socketio.mjs';

const [url, text] = process.argv.slice(2);
const { client, version, transports, implementation } = JSON.parse(text);
const packages = createRequire(process.env.EVERWIRE_PACKAGES + '/');
const module = packages(client);
const inside = createRequire(packages.resolve(client));

// The class of each transport, if it is not the default one.
const { Fetch, WebSocket, transports: defaults } = client.startsWith('engine') ? module : inside('engine.io-client');
const classes = { fetch: { ...defaults, polling: Fetch }, builtin: { ...defaults, websocket: WebSocket } }[implementation];
const options = { transports };

process.on('uncaughtException', (error) => console.error(error.message));

const suite = client.startsWith('engine')
  ? engineio.cases({ Socket: wrapped(module.Socket ?? module), version, url, options, fetches: implementation === 'fetch' })
  : socketio.cases({ io: wrapped(module.io ?? module), version, url, options });
const results = await runCases(suite);
console.log(JSON.stringify(results));
process.exit();

// Gives every client the classes of the transports in place of their names.
function wrapped(open) {
  if (!classes) return open;
  const replaced = (given) => ({ ...given, transports: given.transports.map((name) => classes[name]) });
  if (client.startsWith('engine')) {
    return class extends open {
      constructor(address, given) {
        super(address, replaced(given));
      }
    };
  }
  return Object.assign((address, given) => open(address, replaced(given)), {
    Manager: class extends open.Manager {
      constructor(address, given) {
        super(address, replaced(given));
      }
    },
  });
}
