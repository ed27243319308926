// Samples of docs/guide/authentication.md.

export function auth({ io, console }, token) {
  // docs: auth-client
  const socket = io('http://localhost:8080', { auth: { token } });

  socket.on('connect', async () => console.log(await socket.emitWithAck('who am I?')));
  socket.on('connect_error', (error) => console.log(error.message, error.data));
  // docs: end
}
