package io.everwire.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ReflectionUtils;

/** A method of a bean, called through the proxy of the bean. Any thread may call it. */
final class BeanMethod {
    private final ConfigurableListableBeanFactory beans;
    private final String beanName;
    private final Method method;

    /** Null for beans that are created when they are needed, or several times. */
    private final @Nullable Target singleton;

    private record Target(Object bean, Method method) {}

    /**
     * @param method a method of the bean's class or of its interfaces
     * @throws IllegalStateException if it cannot be called through the proxy of the bean
     */
    BeanMethod(ConfigurableListableBeanFactory beans, String beanName, Method method) {
        this.beans = beans;
        this.beanName = beanName;
        this.method = method;
        this.singleton = isLazy() ? null : target(beans.getBean(beanName));
    }

    private boolean isLazy() {
        if (!beans.containsBeanDefinition(beanName)) {
            return false;
        }
        BeanDefinition definition = beans.getMergedBeanDefinition(beanName);
        return definition.isLazyInit() || !definition.isSingleton();
    }

    Method method() {
        return method;
    }

    @Nullable
    Object invoke(@Nullable Object[] arguments) throws Exception {
        Target target = singleton == null ? target(beans.getBean(beanName)) : singleton;
        try {
            return target.method.invoke(target.bean, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    private Target target(Object bean) {
        Method invocable;
        try {
            invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
        } catch (IllegalStateException e) {
            throw new IllegalStateException("the bean \"" + beanName + "\": " + e.getMessage(), e);
        }
        if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(invocable.getModifiers())) {
            throw new IllegalStateException("the bean \"" + beanName + "\": the method " + method.getName()
                    + " is final, so that the proxy of the bean cannot pass it on, and its advice would have no effect:"
                    + " remove \"final\"");
        }
        ReflectionUtils.makeAccessible(invocable);
        return new Target(bean, invocable);
    }
}
