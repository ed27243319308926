package io.everwire.jackson;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.ContextAttributes;

/**
 * The attachments of one value, as an attribute that serializers find, beside the attributes of the application's
 * mapper. Jackson's own way to add an attribute copies two maps for each value (benchmark {@code JsonBenchmark.write}).
 * Used by one thread.
 */
final class Attachments extends ContextAttributes {
    /** The key of the attribute. */
    static final Object KEY = Attachments.class;

    private final List<byte[]> attachments;
    private final ContextAttributes others;

    Attachments(List<byte[]> attachments, ContextAttributes others) {
        this.attachments = attachments;
        this.others = others;
    }

    @Override
    public @Nullable Object getAttribute(Object key) {
        return key == KEY ? attachments : others.getAttribute(key);
    }

    @Override
    public ContextAttributes withSharedAttribute(Object key, Object value) {
        return new Attachments(attachments, others.withSharedAttribute(key, value));
    }

    @Override
    public ContextAttributes withSharedAttributes(Map<?, ?> shared) {
        return new Attachments(attachments, others.withSharedAttributes(shared));
    }

    @Override
    public ContextAttributes withoutSharedAttribute(Object key) {
        return new Attachments(attachments, others.withoutSharedAttribute(key));
    }

    @Override
    public ContextAttributes withPerCallAttribute(Object key, @Nullable Object value) {
        return new Attachments(attachments, others.withPerCallAttribute(key, value));
    }

    /** Attributes of a mapper are copied with the mapper; this one exists only while a value is written or read. */
    @Override
    public ContextAttributes snapshot() {
        return this;
    }
}
