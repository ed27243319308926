package io.everwire.nettysocketio.demo;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import java.util.Queue;

/** Listeners by annotations. */
public class Desk {
    private final Queue<String> log;

    public Desk(Queue<String> log) {
        this.log = log;
    }

    @OnConnect
    public void arrived(SocketIOClient client) {
        client.sendEvent("desk", "welcome", client.getNamespace().getName());
    }

    @OnDisconnect
    public void left(SocketIOClient client) {
        log.add("left the desk, rooms " + client.getAllRooms());
    }

    @OnEvent("order")
    public void order(SocketIOClient client, String dish, AckRequest ack, Integer number) {
        ack.sendAckData(number + " times " + dish);
    }

    @OnEvent("bell")
    public void bell() {
        log.add("bell");
    }

    @OnEvent("broken")
    void broken(AckRequest ack) {
        throw new IllegalStateException("broken desk");
    }
}
