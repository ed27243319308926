package io.everwire.spring.boot;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The same application on Jetty. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = ServletHostTest.Application.class,
        properties = {
            "spring.main.web-application-type=servlet",
            "spring.autoconfigure.exclude=org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration",
            "management.endpoints.web.exposure.include=everwire,health,info,metrics",
            "management.endpoint.health.show-details=always",
            "spring.datasource.url=jdbc:h2:mem:jetty"
        })
class JettyHostTest extends ServletHostTest {}
