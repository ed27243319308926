/** Recipes for OpenRewrite that move applications of netty-socketio to Everwire. */
@NullMarked
package io.everwire.rewrite;

import org.jspecify.annotations.NullMarked;
