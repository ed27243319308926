/** The extension point for JSON libraries: writes values as JSON and reads them. */
@NullMarked
package io.everwire.json;

import org.jspecify.annotations.NullMarked;
