package io.everwire.nettysocketio.demo;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A value with binary data inside. */
public class Picture {
    @JsonProperty("title")
    public String name;

    public byte[] bytes;
    public String unset;
}
