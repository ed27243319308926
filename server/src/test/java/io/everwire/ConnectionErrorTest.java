package io.everwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionErrorTest {
    private static final RequestHead REQUEST = (RequestHead) Proxy.newProxyInstance(
            RequestHead.class.getClassLoader(), new Class<?>[] {RequestHead.class}, (self, method, arguments) -> null);

    /** The codes of {@code Server.errors} in engine.io 6.6; OVERLOADED has the code of a bad request. */
    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_TRANSPORT, 0",
        "UNKNOWN_SESSION, 1",
        "BAD_METHOD, 2",
        "BAD_REQUEST, 3",
        "OVERLOADED, 3",
        "FORBIDDEN, 4",
        "UNSUPPORTED_VERSION, 5"
    })
    void theCodesAreThoseOfTheNodeServer(Refusal refusal, int code) {
        assertThat(error(refusal).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource
    void everyRefusalHasACode(Refusal refusal) {
        assertThat(error(refusal).code()).isBetween(0, 5);
    }

    @Test
    void theProtocolHasTheSameRefusals() {
        assertThat(Arrays.stream(io.everwire.protocol.Refusal.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Arrays.stream(Refusal.values()).map(Enum::name).toList());
    }

    @Test
    void everyPartIsReturned() {
        ConnectionError error = ConnectionError.of(REQUEST, "eio4", Refusal.FORBIDDEN, "not today");

        assertThat(error.request()).isSameAs(REQUEST);
        assertThat(error.generation()).isEqualTo("eio4");
        assertThat(error.refusal()).isEqualTo(Refusal.FORBIDDEN);
        assertThat(error.message()).isEqualTo("not today");
        assertThat(error).hasToString("eio4 FORBIDDEN: not today");
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> ConnectionError.of(null, "eio4", Refusal.FORBIDDEN, ""))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> ConnectionError.of(REQUEST, null, Refusal.FORBIDDEN, ""))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> ConnectionError.of(REQUEST, "eio4", null, ""))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> ConnectionError.of(REQUEST, "eio4", Refusal.FORBIDDEN, null))
                .isInstanceOf(NullPointerException.class);
    }

    private static ConnectionError error(Refusal refusal) {
        return ConnectionError.of(REQUEST, "eio4", refusal, refusal.name());
    }
}
