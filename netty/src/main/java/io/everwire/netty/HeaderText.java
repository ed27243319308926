package io.everwire.netty;

import io.netty.util.AsciiString;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names and values of headers that nearly every request or response has, as Netty keeps its own constants: an {@link AsciiString}
 * computes its hash once, and is written without being encoded (benchmark polling).
 */
final class HeaderText {
    private static final Map<String, AsciiString> KNOWN = Stream.of(
                    // Names of request headers that the engine and the generations read.
                    "Access-Control-Request-Method",
                    "Host",
                    "Origin",
                    "Referer",
                    "Sec-Fetch-Site",
                    "User-Agent",
                    // Names and values of the responses to polls and POST requests.
                    "Access-Control-Allow-Credentials",
                    "Access-Control-Allow-Origin",
                    "Content-Type",
                    "Vary",
                    "application/octet-stream",
                    "cache-control",
                    "no-store",
                    "text/html",
                    "text/javascript; charset=UTF-8",
                    "text/plain; charset=UTF-8",
                    "true")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), AsciiString::cached));

    private HeaderText() {}

    /** Returns a name or value for Netty: the same characters. */
    static CharSequence of(String text) {
        AsciiString known = KNOWN.get(text);
        return known == null ? text : known;
    }
}
