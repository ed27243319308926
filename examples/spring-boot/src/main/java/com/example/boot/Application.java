package com.example.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web application on Tomcat, with a Socket.IO server on a port of its own. */
@SpringBootApplication
public class Application {
    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
