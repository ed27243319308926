package com.example.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web application of Spring Boot 3.5 with a Socket.IO server on its port. */
@SpringBootApplication
public class Application {
    /** Starts the application. */
    public static void main(String[] args) {
        SpringApplication.run(Application.class, args);
    }
}
