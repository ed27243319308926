/** The values of clients. */
package com.corundumstudio.socketio.store;
