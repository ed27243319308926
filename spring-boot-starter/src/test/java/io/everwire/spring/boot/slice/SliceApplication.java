package io.everwire.spring.boot.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application whose components are scanned. */
@SpringBootApplication
public class SliceApplication {}
