package io.everwire.servlet.wire;

import io.everwire.servlet.SocketIoFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Passes requests to the filter of one transcript after the other. */
final class SwitchedFilter implements Filter {
    private volatile @Nullable FilterConfig config;
    private volatile @Nullable SocketIoFilter current;

    @Override
    public void init(FilterConfig value) {
        config = value;
    }

    void use(SocketIoFilter filter) throws ServletException {
        filter.init(config);
        current = filter;
    }

    void end() {
        SocketIoFilter ended = current;
        current = null;
        if (ended != null) {
            ended.destroy();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        SocketIoFilter filter = current;
        if (filter == null) {
            chain.doFilter(request, response);
        } else {
            filter.doFilter(request, response, chain);
        }
    }
}
