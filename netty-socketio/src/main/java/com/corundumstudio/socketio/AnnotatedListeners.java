package com.corundumstudio.socketio;

import com.corundumstudio.socketio.annotation.OnConnect;
import com.corundumstudio.socketio.annotation.OnDisconnect;
import com.corundumstudio.socketio.annotation.OnEvent;
import com.corundumstudio.socketio.handler.SocketIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds the annotated methods of an object as listeners. */
final class AnnotatedListeners {
    private static final Logger log = LoggerFactory.getLogger(SocketIONamespace.class);

    private final SocketIONamespace namespace;
    private final Object target;

    /** Methods of subclasses, which override those of superclasses. */
    private final Set<List<Object>> seen = new HashSet<>();

    private AnnotatedListeners(SocketIONamespace namespace, Object target) {
        this.namespace = namespace;
        this.target = target;
    }

    /** @param type the class with the annotations: that of the target, or one that the target is a proxy of */
    static void add(SocketIONamespace namespace, Object target, Class<?> type) {
        AnnotatedListeners listeners = new AnnotatedListeners(namespace, target);
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            for (Method method : level.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    listeners.add(method);
                }
            }
        }
    }

    private void add(Method annotated) {
        OnEvent event = annotated.getAnnotation(OnEvent.class);
        boolean connect = annotated.isAnnotationPresent(OnConnect.class);
        boolean disconnect = annotated.isAnnotationPresent(OnDisconnect.class);
        if ((event == null && !connect && !disconnect)
                || !seen.add(List.of(annotated.getName(), List.of(annotated.getParameterTypes())))) {
            return;
        }
        if (event != null) {
            checkEvent(annotated, event);
        }
        if (connect || disconnect) {
            checkClient(annotated);
        }
        Method method = callable(annotated);
        if (method == null) {
            log.warn("{} does not have the method {}; it is not called", target.getClass(), annotated);
            return;
        }
        if (connect) {
            namespace.addConnectListener(client -> call(method, client));
        }
        if (disconnect) {
            namespace.addDisconnectListener(client -> call(method, client));
        }
        if (event != null) {
            addEvent(event.value(), method);
        }
    }

    private void addEvent(String name, Method method) {
        List<Class<?>> data = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            if (type != SocketIOClient.class && type != AckRequest.class) {
                data.add(type);
            }
        }
        namespace.addMultiTypeEventListener(
                name,
                (client, args, ack) -> call(method, arguments(method, client, args, ack)),
                data.toArray(Class<?>[]::new));
    }

    private static Object[] arguments(Method method, SocketIOClient client, MultiTypeArgs args, AckRequest ack) {
        int next = 0;
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            arguments[i] = type == SocketIOClient.class ? client : type == AckRequest.class ? ack : args.get(next++);
        }
        return arguments;
    }

    /** Returns the method to call on the target, which may be a proxy; null if the target has none. */
    private Method callable(Method annotated) {
        if (annotated.getDeclaringClass().isInstance(target)) {
            return accessible(annotated);
        }
        try {
            return accessible(target.getClass().getDeclaredMethod(annotated.getName(), annotated.getParameterTypes()));
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private Method accessible(Method method) {
        // Static methods have no target to check.
        if (Modifier.isStatic(method.getModifiers()) || !method.canAccess(target)) {
            method.setAccessible(true);
        }
        return method;
    }

    private void call(Method method, Object... arguments) {
        try {
            method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new SocketIOException(e.getCause());
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw new SocketIOException(e);
        }
    }

    private static void checkClient(Method method) {
        if (!Arrays.equals(method.getParameterTypes(), new Class<?>[] {SocketIOClient.class})) {
            throw new IllegalArgumentException(
                    method + ": a method with @OnConnect or @OnDisconnect must have one parameter, SocketIOClient");
        }
    }

    private static void checkEvent(Method method, OnEvent event) {
        if (event.value().isBlank()) {
            throw new IllegalArgumentException(method + ": @OnEvent needs the name of an event");
        }
        List<Class<?>> types = List.of(method.getParameterTypes());
        for (Class<?> once : List.of(SocketIOClient.class, AckRequest.class)) {
            if (types.stream().filter(type -> type == once).count() > 1) {
                throw new IllegalArgumentException(
                        method + ": a method with @OnEvent may have one parameter " + once.getSimpleName());
            }
        }
    }
}
