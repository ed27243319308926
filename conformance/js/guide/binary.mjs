// Samples of docs/guide/binary.md.

export async function binary({ io, console }) {
  // docs: binary-client
  const socket = io('http://localhost:8080');

  socket.on('photo', (photo) => console.log(photo.title, photo.pixels.length)); // a Buffer; in browsers an ArrayBuffer
  socket.emit('photo', { title: 'cat', pixels: new Uint8Array([1, 2, 3]) });
  console.log(await socket.emitWithAck('thumbnail', new Uint8Array([7, 8, 9])));
  // docs: end
}
