package io.everwire.spring.boot;

/**
 * The host that serves Socket.IO: a bean of the configuration that adds it.
 *
 * @param description the host in a few words, for the endpoint
 */
record ActiveHost(String description) {}
