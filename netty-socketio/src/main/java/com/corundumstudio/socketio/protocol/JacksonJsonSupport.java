package com.corundumstudio.socketio.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.everwire.json.JsonCodec;
import io.everwire.json.JsonException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/**
 * Maps JSON with Jackson 2, with the settings of netty-socketio: unknown properties are ignored, and properties that are null are left
 * out.
 */
public class JacksonJsonSupport implements JsonSupport, JsonCodec {
    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";

    /** The mapper. Change it in {@link #init} only. */
    protected final ObjectMapper objectMapper = new ObjectMapper();

    /** Creates a mapping with modules of the application. */
    @SuppressWarnings("this-escape") // Applications override it, as in netty-socketio.
    public JacksonJsonSupport(Module... modules) {
        objectMapper.registerModules(modules);
        init(objectMapper);
        objectMapper.registerModule(
                new SimpleModule("everwire-binary").addSerializer(byte[].class, new BinaryWriter()));
    }

    /** Sets up the mapper. An override calls this method first. */
    protected void init(ObjectMapper mapper) {
        mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
        mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        mapper.configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false);
        mapper.configure(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true);
    }

    @Override
    public byte[] write(Object value, List<byte[]> attachments) {
        try {
            return objectMapper
                    .writer()
                    .withAttribute(BinaryWriter.ATTACHMENTS, attachments)
                    .writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw failed(e);
        }
    }

    @Override
    public Object read(byte[] json, int from, int to, Type type, List<byte[]> attachments) {
        try {
            var reader = objectMapper.readerFor(objectMapper.constructType(type));
            return attachments.isEmpty()
                    ? reader.readValue(json, from, to - from)
                    : reader.readValue(filled(objectMapper.readTree(json, from, to - from), attachments));
        } catch (JsonProcessingException e) {
            throw failed(e);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new JsonException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Replaces placeholders by the text in Base64 that Jackson reads as binary data; a map receives the text, as in netty-socketio. */
    private JsonNode filled(JsonNode node, List<byte[]> attachments) {
        int number = node.path(PLACEHOLDER).asBoolean(false) ? node.path(NUMBER).asInt(-1) : -1;
        if (number >= 0 && number < attachments.size()) {
            return objectMapper.valueToTree(
                    objectMapper.getSerializationConfig().getBase64Variant().encode(attachments.get(number)));
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(filled(field.getValue(), attachments));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), attachments));
            }
        }
        return node;
    }

    /** Without the source, which may be long and private. */
    private static JsonException failed(JsonProcessingException e) {
        return new JsonException(e.getOriginalMessage(), e);
    }
}
