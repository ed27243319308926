/** Listeners of clients, events and failures. */
package com.corundumstudio.socketio.listener;
