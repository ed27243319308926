package com.corundumstudio.socketio.annotation;

import com.corundumstudio.socketio.SocketIOServer;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Adds the annotated methods of Spring beans to the default namespace. It needs {@code spring-beans}, which the application has. */
@SuppressWarnings("exports") // The application has Spring, or does not use this class.
public class SpringAnnotationScanner implements BeanPostProcessor {
    private static final List<Class<? extends Annotation>> ANNOTATIONS =
            List.of(OnConnect.class, OnDisconnect.class, OnEvent.class);

    private final SocketIOServer server;

    /** The beans with annotated methods, before a proxy replaces them. */
    private final Map<String, Object> annotated = new ConcurrentHashMap<>();

    /** Creates a scanner. */
    public SpringAnnotationScanner(SocketIOServer socketIOServer) {
        this.server = socketIOServer;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (isAnnotated(bean.getClass())) {
            annotated.put(beanName, bean);
        }
        return bean;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        Object original = annotated.remove(beanName);
        if (original != null) {
            Class<?> type = original.getClass();
            // A proxy of an interface does not have the methods.
            server.addListeners(type.isInstance(bean) ? bean : original, type);
        }
        return bean;
    }

    private static boolean isAnnotated(Class<?> type) {
        for (Class<?> level = type; level != null; level = level.getSuperclass()) {
            for (Method method : level.getDeclaredMethods()) {
                if (ANNOTATIONS.stream().anyMatch(method::isAnnotationPresent)) {
                    return true;
                }
            }
        }
        return false;
    }
}
