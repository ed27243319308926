package io.everwire.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.everwire.TypeToken;
import io.everwire.json.JsonCodec;
import io.everwire.json.JsonException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.ContextAttributes;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

class JacksonCodecTest {
    private final JsonCodec codec = new JacksonCodec();
    private final List<byte[]> attachments = new ArrayList<>();

    record Move(String piece, int x, int y) {}

    record Upload(String name, byte[] content) {}

    record Named(String firstName) {}

    record Positive(int value, Integer other) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException("not positive");
            }
        }
    }

    @Test
    void isFoundByTheServer() {
        assertThat(ServiceLoader.load(JsonCodec.class).findFirst()).containsInstanceOf(JacksonCodec.class);
    }

    @Test
    void writesPlainValues() {
        assertThat(write("é € 😀 \u2028 </script>")).isEqualTo("\"é € 😀 \u2028 </script>\"");
        assertThat(write(null)).isEqualTo("null");
        assertThat(write(new Move("rook", 1, 2))).isEqualTo("{\"piece\":\"rook\",\"x\":1,\"y\":2}");
    }

    @Test
    void keepsNullMembersAndTheOrderOfKeys() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("z", null);
        value.put("a", 1);
        assertThat(write(value)).isEqualTo("{\"z\":null,\"a\":1}");
    }

    @Test
    void asksTheConstructorOfARecord() {
        assertThat(read("{\"value\":1}", Positive.class)).isEqualTo(new Positive(1, null));
        assertThatThrownBy(() -> read("{\"value\":0,\"other\":1}", Positive.class))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("not positive");
        assertThatThrownBy(() -> read("{}", Positive.class)).isInstanceOf(JsonException.class);
    }

    @Test
    void keepsLongsExact() {
        assertThat(write(9007199254740993L)).isEqualTo("9007199254740993");
        assertThat(read("9007199254740993", Long.class)).isEqualTo(9007199254740993L);
    }

    @Test
    void writesLoneSurrogatesAsEscapes() {
        assertThat(write(List.of("\ud800", new byte[] {1})))
                .isEqualTo("[\"\\uD800\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(attachments).hasSize(1);
    }

    @Test
    void readsTypesAndGenerics() {
        assertThat(read("{\"piece\":\"rook\",\"x\":1,\"y\":2}", Move.class)).isEqualTo(new Move("rook", 1, 2));
        Type list = new TypeToken<List<Move>>() {}.type();
        assertThat(read("[{\"piece\":\"rook\",\"x\":1,\"y\":2}]", list)).isEqualTo(List.of(new Move("rook", 1, 2)));
        assertThat(read("{\"a\":[1,true,null,\"x\",1.5]}", Object.class).toString())
                .isEqualTo("{a=[1, true, null, x, 1.5]}");
    }

    @Test
    void readsFromTheMiddleOfAnArray() {
        byte[] json = "xx{\"a\":1}yy".getBytes(StandardCharsets.UTF_8);
        assertThat(codec.read(json, 2, 9, Object.class, List.of())).isEqualTo(Map.of("a", 1));
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> read("\"secret text\"", Move.class))
                .isInstanceOf(JsonException.class)
                .hasMessageNotContaining("line:");
        assertThatThrownBy(() -> read("null", int.class)).isInstanceOf(JsonException.class);
    }

    @Test
    void takesBinaryDataOut() {
        Object value = List.of(new Upload("a", new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {9, 8, 7}, 1, 2));
        assertThat(write(value))
                .isEqualTo("[{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}},"
                        + "{\"_placeholder\":true,\"num\":1}]");
        assertThat(attachments).containsExactly(new byte[] {1, 2}, new byte[] {8, 7});
    }

    @Test
    void writesWhatIsLongerThanItsBuffers() {
        String text = "é".repeat(20_000);
        assertThat(write(List.of(text, "x"))).isEqualTo("[\"" + text + "\",\"x\"]");
    }

    @Test
    void attributesOfTheMapperAreSeenBesideBinaryData() {
        JsonCodec own = new JacksonCodec(JsonMapper.builder()
                .defaultAttributes(ContextAttributes.getEmpty().withSharedAttribute("unit", "EUR"))
                .addModule(new SimpleModule().addSerializer(new StdSerializer<Move>(Move.class) {
                    @Override
                    public void serialize(Move move, JsonGenerator out, SerializationContext context) {
                        context.setAttribute("seen", context.getAttribute("seen") == null ? 1 : 2);
                        out.writeString(context.getAttribute("unit") + " " + context.getAttribute("seen"));
                    }
                }))
                .build());
        Move move = new Move("p", 1, 2);
        byte[] json = own.write(List.of(move, new byte[] {1}, move, new byte[] {2}), attachments);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("[\"EUR 1\",{\"_placeholder\":true,\"num\":0},\"EUR 2\","
                        + "{\"_placeholder\":true,\"num\":1}]");
        assertThat(attachments).containsExactly(new byte[] {1}, new byte[] {2});
    }

    @Test
    void putsBinaryDataBack() {
        attachments.add(new byte[] {1, 2});
        Upload upload = (Upload) read("{\"name\":\"a\",\"content\":{\"_placeholder\":true,\"num\":0}}", Upload.class);
        assertThat(upload.content()).containsExactly(1, 2);
        assertThat((byte[]) read("{\"_placeholder\":true,\"num\":0}", byte[].class))
                .containsExactly(1, 2);
        assertThat(read("{\"_placeholder\":true,\"num\":0}", ByteBuffer.class))
                .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        List<?> any = (List<?>) read("[{\"_placeholder\":true,\"num\":0},{\"b\":{\"c\":null}}]", Object.class);
        assertThat((byte[]) any.get(0)).containsExactly(1, 2);
        assertThat(any.get(1).toString()).isEqualTo("{b={c=null}}");
    }

    @Test
    void refusesPlaceholdersForNothing() {
        attachments.add(new byte[0]);
        assertThatThrownBy(() -> read("{\"_placeholder\":true,\"num\":1}", byte[].class))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read("{\"num\":0}", byte[].class)).isInstanceOf(JsonException.class);
    }

    @Test
    void usesTheApplicationsMapper() {
        JsonCodec own = new JacksonCodec(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());
        assertThat(new String(own.write(new Named("Ada"), attachments), StandardCharsets.UTF_8))
                .isEqualTo("{\"first_name\":\"Ada\"}");
    }

    /** Polymorphic typing would create objects of any class that a client names. */
    @Test
    void namesOfTypesInDataAreData() {
        assertThat(read("[\"java.util.ArrayDeque\",[1]]", Object.class))
                .isEqualTo(List.of("java.util.ArrayDeque", List.of(1)));
        assertThat(read("{\"@class\":\"java.util.TreeMap\",\"a\":1}", Object.class))
                .isEqualTo(Map.of("@class", "java.util.TreeMap", "a", 1))
                .isNotInstanceOf(TreeMap.class);
    }

    private String write(Object value) {
        return new String(codec.write(value, attachments), StandardCharsets.UTF_8);
    }

    private Object read(String json, Type type) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return codec.read(bytes, 0, bytes.length, type, attachments);
    }
}
