// Samples of docs/guide/parsers.md.

// docs: parsers-client-import
import parser from 'socket.io-msgpack-parser';
// docs: end

export function msgpack({ io, console }) {
  // docs: parsers-client
  const socket = io('http://localhost:8080', { parser });

  socket.on('samples', (values) => console.log('samples', values));
  socket.on('frame', (pixels) => console.log('frame', pixels.length));
  socket.emit('samples', [0.25, 1e9, -1]);
  socket.emit('frame', new Uint8Array([1, 2, 3]));
  // docs: end
}
