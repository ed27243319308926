package io.everwire.benchmarks.hosts;

import io.everwire.benchmarks.servers.Ready;
import jakarta.servlet.ServletRegistration;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Starts applications of Spring on Tomcat. */
final class SpringApplications {
    private SpringApplications() {}

    /** Starts Tomcat with an application below {@code /socket.io}, and says its port. */
    static void start(Class<?> configuration) throws Exception {
        TomcatContainer.Prepared prepared = TomcatContainer.prepare();
        prepared.context()
                .addServletContainerInitializer(
                        (classes, servlets) -> {
                            var spring = new AnnotationConfigWebApplicationContext();
                            spring.register(configuration);
                            ServletRegistration.Dynamic dispatcher =
                                    servlets.addServlet("spring", new DispatcherServlet(spring));
                            dispatcher.setLoadOnStartup(1);
                            dispatcher.setAsyncSupported(true);
                            dispatcher.addMapping("/socket.io/*");
                        },
                        null);
        Ready.say(prepared.start());
    }
}
