// Samples of docs/guide/threads.md.

export function sure({ io, console }) {
  // docs: threads-asking-client
  const socket = io('http://localhost:8080');

  socket.on('sure?', (file, answer) => answer(file.endsWith('.txt')));
  socket.on('deleted', (file) => console.log('deleted', file));
  socket.emit('delete', 'notes.txt');
  // docs: end
}
