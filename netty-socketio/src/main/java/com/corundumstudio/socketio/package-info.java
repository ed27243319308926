/**
 * The API of netty-socketio 2 on Everwire: an application exchanges one dependency, and its clients do not notice. {@link
 * com.corundumstudio.socketio.SocketIOServer#everwire} is the way to Everwire's own API, which has the same clients and rooms. The page
 * "From netty-socketio" of the guide has the differences.
 *
 * <p>The packages are not {@code @NullMarked}: netty-socketio has no nullness annotations, and Kotlin would reject code that compiled
 * with it.
 */
package com.corundumstudio.socketio;
