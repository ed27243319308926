package com.example;

// docs: boot-hello
import io.everwire.Socket;
import io.everwire.SocketIoServer;
import io.everwire.spring.OnConnect;
import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web application with a Socket.IO server on its port. */
@SpringBootApplication
public class Hello {
    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(Hello.class, args);
    }

    /** The returned value of a handler is the ack. */
    @SocketIoController
    static class Greetings {
        @OnConnect
        void joined(Socket socket) {
            socket.emit("welcome", "your id is " + socket.id());
        }

        @OnEvent("say")
        void say(String text, SocketIoServer server) {
            server.emit("said", text);
        }

        @OnEvent("add")
        int add(int a, int b) {
            return a + b;
        }
    }
}
// docs: end
