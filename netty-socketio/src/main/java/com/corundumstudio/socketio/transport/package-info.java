/** The type of clients that interceptors receive. */
package com.corundumstudio.socketio.transport;
