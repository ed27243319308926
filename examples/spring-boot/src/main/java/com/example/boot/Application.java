package com.example.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** A web application with a chat on its own port. */
@SpringBootApplication
public class Application {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }

    @EventListener
    void started(WebServerInitializedEvent event) {
        log.info("Open http://localhost:{}/ in a browser", event.getWebServer().getPort());
    }
}
