/** Packets that applications send, and the mapping of JSON. */
package com.corundumstudio.socketio.protocol;
