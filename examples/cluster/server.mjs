// The chat of the demo on a Node server, as a member of the cluster: node server.mjs PORT REDIS-URL
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

/** The number of messages that a new client receives. */
const KEPT = 15;

const [port, url] = process.argv.slice(2);
const publisher = new Redis(url);
const subscriber = publisher.duplicate();
for (const connection of [publisher, subscriber]) connection.on('error', (error) => console.error(String(error)));

const http = createServer((_, response) => { response.writeHead(404).end(); });
const io = new Server(http, { adapter: createAdapter(publisher, subscriber) });
const buffer = [];

function keep(message) {
  buffer.push(message);
  if (buffer.length > KEPT) buffer.shift();
}

io.on('kept', keep);
io.on('connection', (socket) => {
  socket.send({ buffer });
  socket.broadcast.emit('message', { announcement: `${socket.id} connected` });
  socket.on('message', (text) => {
    if (text === null || text === undefined) return;
    const message = { message: [socket.id, text] };
    keep(message);
    io.serverSideEmit('kept', message);
    socket.broadcast.emit('message', message);
  });
  socket.on('disconnect', () => { socket.broadcast.emit('message', { announcement: `${socket.id} disconnected` }); });
});

// Longer than nginx keeps a connection: otherwise it sometimes sends a request on one that is being closed.
http.keepAliveTimeout = 60_000;
http.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
