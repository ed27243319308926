package io.everwire.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A container recycles its request and response once they are complete; Tomcat's then throw. */
class ContainerRequestTest {
    private static final PreparedResponse ANSWER = PreparedResponse.closing(400, "malformed", List.of());

    private boolean recycled;

    @Test
    void theContainersObjectsAreNotUsedAfterTheirEnd() {
        int[] lost = new int[1];
        HttpServletResponse response = stub(HttpServletResponse.class, Map.of("getBufferSize", 8192));
        ContainerRequest container = new ContainerRequest(
                stub(HttpServletRequest.class, Map.of("getProtocol", "HTTP/1.1")), response, () -> lost[0]++);
        assertThat(container.state().async()).isFalse();

        container.onError(null);
        recycled = true;
        assertThatThrownBy(response::getBufferSize).isInstanceOf(IllegalStateException.class);

        assertThat(container.fits(ANSWER)).isTrue();
        container.writeAndComplete(ANSWER);
        container.abort();
        container.onComplete(null);
        assertThat(lost[0]).isEqualTo(1);
    }

    private <T> T stub(Class<T> type, Map<String, Object> answers) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (recycled || !answers.containsKey(method.getName())) {
                        throw new IllegalStateException(method.getName() + " was called");
                    }
                    return answers.get(method.getName());
                });
        return type.cast(proxy);
    }
}
