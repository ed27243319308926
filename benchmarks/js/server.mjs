// The same application on the Node server.
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { serveClient: false });

io.on("connection", (socket) => {
  const { join, publish } = socket.handshake.query;
  if (join) socket.join(join);
  socket.on("echo", (payload) => socket.emit("echo", payload));
  socket.on("ack", (payload, answer) => answer(payload));
  socket.on("bin", (bytes) => socket.emit("bin", bytes));
  socket.on("publish", (payload) => io.to(publish).emit("news", payload));
});

http.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  console.log(`listening on ${http.address().port}`);
});
