// Samples of docs/recovery.md.

export function recovery({ io, console }) {
  // docs: recovery-client
  const socket = io('http://localhost:8080');

  socket.on('connect', () => console.log(socket.recovered ? 'recovered' : 'a new socket'));
  socket.on('state', (state) => console.log('the state is', state));
  socket.on('news', (text) => console.log(text));
  // docs: end
}
