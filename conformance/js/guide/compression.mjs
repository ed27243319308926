// Samples of docs/guide/compression.md.

export function negotiated({ io, console }) {
  // docs: compression-client
  const socket = io('http://localhost:8080', { transports: ['websocket'] });

  // 'permessage-deflate' if both agreed on it, else ''
  socket.on('connect', () => console.log(socket.io.engine.transport.ws.extensions));
  // docs: end
}
