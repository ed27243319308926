package com.corundumstudio.socketio;

import java.util.ArrayList;
import java.util.List;

/** The options of TCP. Only the backlog has an effect; Everwire has set the others. A setting without an effect is logged at the start. */
public class SocketConfig {
    private boolean tcpNoDelay = true;
    private int tcpSendBufferSize = -1;
    private int tcpReceiveBufferSize = -1;
    private boolean tcpKeepAlive = false;
    private int soLinger = -1;
    private boolean reuseAddress = false;
    private int acceptBackLog = 1024;
    private int writeBufferWaterMarkLow = -1;
    private int writeBufferWaterMarkHigh = -1;

    /** Creates the default settings. */
    public SocketConfig() {}

    /** Returns whether packets are sent without delay. */
    public boolean isTcpNoDelay() {
        return tcpNoDelay;
    }

    /** Has no effect. */
    public void setTcpNoDelay(boolean tcpNoDelay) {
        this.tcpNoDelay = tcpNoDelay;
    }

    /** Returns the size of the send buffer. */
    public int getTcpSendBufferSize() {
        return tcpSendBufferSize;
    }

    /** Has no effect. */
    public void setTcpSendBufferSize(int tcpSendBufferSize) {
        this.tcpSendBufferSize = tcpSendBufferSize;
    }

    /** Returns the size of the receive buffer. */
    public int getTcpReceiveBufferSize() {
        return tcpReceiveBufferSize;
    }

    /** Has no effect. */
    public void setTcpReceiveBufferSize(int tcpReceiveBufferSize) {
        this.tcpReceiveBufferSize = tcpReceiveBufferSize;
    }

    /** Returns whether TCP probes idle connections. */
    public boolean isTcpKeepAlive() {
        return tcpKeepAlive;
    }

    /** Has no effect. */
    public void setTcpKeepAlive(boolean tcpKeepAlive) {
        this.tcpKeepAlive = tcpKeepAlive;
    }

    /** Returns the linger time. */
    public int getSoLinger() {
        return soLinger;
    }

    /** Has no effect. */
    public void setSoLinger(int soLinger) {
        this.soLinger = soLinger;
    }

    /** Returns whether a port may be bound soon after it was closed. */
    public boolean isReuseAddress() {
        return reuseAddress;
    }

    /** Has no effect. */
    public void setReuseAddress(boolean reuseAddress) {
        this.reuseAddress = reuseAddress;
    }

    /** Returns the number of connections that wait until they are accepted. */
    public int getAcceptBackLog() {
        return acceptBackLog;
    }

    /** Sets the number of connections that wait until they are accepted. Default 1,024. */
    public void setAcceptBackLog(int acceptBackLog) {
        this.acceptBackLog = acceptBackLog;
    }

    /** Returns the low mark of the write buffer. */
    public int getWriteBufferWaterMarkLow() {
        return writeBufferWaterMarkLow;
    }

    /** Has no effect. */
    public void setWriteBufferWaterMarkLow(int writeBufferWaterMarkLow) {
        this.writeBufferWaterMarkLow = writeBufferWaterMarkLow;
    }

    /** Returns the high mark of the write buffer. */
    public int getWriteBufferWaterMarkHigh() {
        return writeBufferWaterMarkHigh;
    }

    /** Has no effect. */
    public void setWriteBufferWaterMarkHigh(int writeBufferWaterMarkHigh) {
        this.writeBufferWaterMarkHigh = writeBufferWaterMarkHigh;
    }

    /** Returns the names of the settings that were changed and have no effect. */
    List<String> withoutEffect() {
        List<String> names = new ArrayList<>();
        add(names, "tcpNoDelay", !tcpNoDelay);
        add(names, "tcpSendBufferSize", tcpSendBufferSize != -1);
        add(names, "tcpReceiveBufferSize", tcpReceiveBufferSize != -1);
        add(names, "tcpKeepAlive", tcpKeepAlive);
        add(names, "soLinger", soLinger != -1);
        add(names, "writeBufferWaterMarkLow", writeBufferWaterMarkLow != -1);
        add(names, "writeBufferWaterMarkHigh", writeBufferWaterMarkHigh != -1);
        return names;
    }

    private static void add(List<String> names, String name, boolean changed) {
        if (changed) {
            names.add(name);
        }
    }
}
