package com.corundumstudio.socketio;

/** The limits of requests, in bytes. */
public class HttpRequestDecoderConfiguration {
    private int maxInitialLineLength;
    private int maxHeaderSize;
    private int maxChunkSize;

    /** Creates the limits of Netty. */
    public HttpRequestDecoderConfiguration() {
        this(4096, 8192, 8192);
    }

    /** Creates limits. */
    public HttpRequestDecoderConfiguration(int maxInitialLineLength, int maxHeaderSize, int maxChunkSize) {
        this.maxInitialLineLength = maxInitialLineLength;
        this.maxHeaderSize = maxHeaderSize;
        this.maxChunkSize = maxChunkSize;
    }

    /** Returns the longest request line. */
    public int getMaxInitialLineLength() {
        return maxInitialLineLength;
    }

    /** Sets the longest request line. */
    public void setMaxInitialLineLength(int maxInitialLineLength) {
        this.maxInitialLineLength = maxInitialLineLength;
    }

    /** Returns the largest size of all headers together. */
    public int getMaxHeaderSize() {
        return maxHeaderSize;
    }

    /** Sets the largest size of all headers together. */
    public void setMaxHeaderSize(int maxHeaderSize) {
        this.maxHeaderSize = maxHeaderSize;
    }

    /** Returns the value that was set. It has no effect: bodies are read in parts of the size in which they arrive. */
    public int getMaxChunkSize() {
        return maxChunkSize;
    }

    /** Has no effect. */
    public void setMaxChunkSize(int maxChunkSize) {
        this.maxChunkSize = maxChunkSize;
    }
}
