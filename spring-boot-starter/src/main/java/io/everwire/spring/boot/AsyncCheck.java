package io.everwire.spring.boot;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;

/**
 * Fails at the start if a filter before that of Socket.IO does not support asynchronous requests: polls could not wait, and every request
 * would be answered with an error.
 */
final class AsyncCheck implements SmartInitializingSingleton {
    private final ObjectProvider<AbstractFilterRegistrationBean<?>> filters;
    private final String path;
    private final int order;

    AsyncCheck(ObjectProvider<AbstractFilterRegistrationBean<?>> filters, String path, int order) {
        this.filters = filters;
        this.path = path;
        this.order = order;
    }

    /** @throws SocketIoStartException if there is such a filter */
    @Override
    public void afterSingletonsInstantiated() {
        filters.stream()
                .filter(filter -> filter.isEnabled() && !filter.isAsyncSupported() && filter.getOrder() < order)
                .filter(this::coversSocketIo)
                .findFirst()
                .ifPresent(filter -> {
                    throw new SocketIoStartException(
                            "Polls cannot wait: " + filter + " does not support asynchronous requests",
                            "Call setAsyncSupported(true) on its registration bean, or exclude " + path
                                    + " from its URL patterns.");
                });
    }

    /** Without URL patterns and servlets, a filter is for every request. */
    private boolean coversSocketIo(AbstractFilterRegistrationBean<?> filter) {
        boolean everything = filter.getUrlPatterns().isEmpty()
                && filter.getServletNames().isEmpty()
                && filter.getServletRegistrationBeans().isEmpty();
        return everything
                || filter.getUrlPatterns().stream()
                        .anyMatch(pattern -> pattern.equals("/*") || pattern.startsWith(path + "/"));
    }
}
