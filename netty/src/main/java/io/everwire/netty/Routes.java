package io.everwire.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes and the files of a port. Immutable; any thread may use it. */
final class Routes {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    private static final String WILDCARD = "/*";
    private static final int DEFAULT_BODY = 64 * 1024;
    private static final int LARGEST_BODY = 1 << 30;

    private final List<Route> routes;
    private final List<Folder> folders;
    private final int maxBody;

    private record Route(String method, String path, RouteHandler handler) {
        boolean matches(String asked) {
            return path.endsWith(WILDCARD)
                    ? asked.startsWith(path.substring(0, path.length() - 1))
                    : asked.equals(path);
        }
    }

    /** @param path begins and ends with a slash */
    private record Folder(String path, StaticFiles files) {}

    private Routes(Builder from) {
        this.routes = List.copyOf(from.routes);
        this.folders = List.copyOf(from.folders);
        this.maxBody = from.maxBody;
    }

    /** Returns whether no request is answered here. */
    boolean isEmpty() {
        return routes.isEmpty() && folders.isEmpty();
    }

    /** Returns the largest body of a request, in bytes. */
    int maxBody() {
        return maxBody;
    }

    /** Returns the handler of a method and a path, or null. HEAD has the handler of GET. */
    @Nullable
    RouteHandler handler(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        for (Route route : routes) {
            if (route.method.equals(wanted) && route.matches(path)) {
                return route.handler;
            }
        }
        return null;
    }

    /** Returns the methods of a path for the header {@code Allow}; empty if it has no route. */
    String methods(String path) {
        return routes.stream()
                .filter(route -> route.matches(path))
                .map(route -> route.method.equals("GET") ? "GET, HEAD" : route.method)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Finds a file that a path may name. May block: called on a thread that reads files. */
    @Nullable
    FileContent file(String path, boolean page) {
        for (Folder folder : folders) {
            if (path.startsWith(folder.path)) {
                FileContent found = folder.files.find(path.substring(folder.path.length()), page);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Returns whether a path may name a file. */
    boolean mayBeFile(String path) {
        return folders.stream().anyMatch(folder -> path.startsWith(folder.path));
    }

    /** Returns the path of a target: without its query. */
    static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Collects routes and files. */
    static final class Builder {
        private final List<Route> routes = new ArrayList<>();
        private final List<Folder> folders = new ArrayList<>();
        private int maxBody = DEFAULT_BODY;

        void route(String method, String path, RouteHandler handler) {
            if (!METHODS.contains(method)) {
                throw new IllegalArgumentException("route: \"" + method + "\" is not one of " + METHODS);
            }
            routes.add(new Route(method, checked(path), handler));
        }

        void files(String path, StaticFiles files) {
            folders.add(new Folder(checked(path).endsWith("/") ? path : path + "/", files));
        }

        void maxBody(int bytes) {
            if (bytes < 0 || bytes > LARGEST_BODY) {
                throw new IllegalArgumentException("maxRouteBody: " + bytes + " is not from 0 to " + LARGEST_BODY);
            }
            maxBody = bytes;
        }

        Routes build() {
            return new Routes(this);
        }

        private static String checked(String path) {
            if (!path.startsWith("/") || path.indexOf('?') >= 0) {
                throw new IllegalArgumentException("path: \"" + path + "\" is not a path such as /health");
            }
            return path;
        }
    }
}
