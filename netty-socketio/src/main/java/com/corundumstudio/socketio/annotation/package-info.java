/** Annotations of listeners. */
package com.corundumstudio.socketio.annotation;
