package io.everwire.spring.boot.devtools;

import io.everwire.spring.OnEvent;
import io.everwire.spring.SocketIoController;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** An application with DevTools, in a process of its own. */
@SpringBootApplication
public class DevToolsApplication {
    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(DevToolsApplication.class, args);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Restarts the application, and says what is left of the earlier ones. */
    @SocketIoController
    static class Chat {
        /** Survives restarts, unlike the fields of this class. */
        @SuppressWarnings("unchecked")
        private final List<WeakReference<ClassLoader>> loaders = (List<WeakReference<ClassLoader>>)
                Restarter.getInstance().getOrAddAttribute("loaders", CopyOnWriteArrayList::new);

        Chat() {
            loaders.add(new WeakReference<>(getClass().getClassLoader()));
        }

        @OnEvent("starts")
        String starts() {
            return getClass().getClassLoader().getClass().getSimpleName() + " " + loaders.size();
        }

        @OnEvent("restart")
        void restart() {
            Restarter.getInstance().restart();
        }

        @OnEvent("loaders")
        long loaders() {
            System.gc();
            return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
        }

        @OnEvent("threads")
        long threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("everwire-timers")
                            || thread.getName().startsWith("everwire-servlet"))
                    .count();
        }
    }
}
