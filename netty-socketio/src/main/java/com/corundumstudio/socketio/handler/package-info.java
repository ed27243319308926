/** The exception of annotated listeners. */
package com.corundumstudio.socketio.handler;
