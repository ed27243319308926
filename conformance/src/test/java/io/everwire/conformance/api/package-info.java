/** The API as the tests and the containers of applications use it. */
package io.everwire.conformance.api;
