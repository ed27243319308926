/** The exam that every adapter sits. */
@NullMarked
package io.everwire.testkit.adapter;

import org.jspecify.annotations.NullMarked;
