/** The contract that every adapter must fulfil, as tests. */
@NullMarked
package io.everwire.testkit.adapter;

import org.jspecify.annotations.NullMarked;
