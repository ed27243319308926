// Samples of docs/guide/getting-started.md.

export function hello({ io, console }) {
  // docs: hello-client
  const socket = io('http://localhost:8080');

  socket.on('welcome', (text) => console.log(text));
  socket.on('said', (text) => console.log('somebody said', text));
  socket.on('connect', async () => {
    socket.emit('say', 'hello');
    console.log('3 + 4 =', await socket.emitWithAck('add', 3, 4));
  });
  // docs: end
}
