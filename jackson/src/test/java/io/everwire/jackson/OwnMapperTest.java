package io.everwire.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.everwire.TypeToken;
import io.everwire.json.JsonCodec;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kotlin.Pair;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.module.kotlin.KotlinModule;

/**
 * The settings of the application's own mapper apply, with binary data in a value and without. A mapper is the
 * counterpart of Node's replacer and reviver.
 */
class OwnMapperTest {
    private static final byte[] BINARY = {1, 2};

    enum Colour {
        @JsonProperty("rouge")
        RED
    }

    record Everything(
            Colour colour, Instant at, LocalDate day, Optional<String> some, Optional<String> none, byte[] content) {}

    record Money(BigDecimal amount) {}

    record Anything(Object value, byte[] content) {}

    public static final class Bean {
        public String name = "";
        public byte[] content = new byte[0];
        public Map<String, ByteBuffer> more = Map.of();
    }

    private final List<byte[]> attachments = new ArrayList<>();

    /** The module accepts only classes that Jackson itself creates, and reads their default values. */
    @Test
    void dataClassesOfKotlinAreBoundByItsModule() {
        JsonMapper mapper = JacksonCodec.mapperBuilder()
                .addModule(new KotlinModule.Builder().build())
                .build();

        Object pair = read(new JacksonCodec(mapper), "{\"first\":1,\"second\":\"b\"}", Pair.class);

        assertThat(pair).isEqualTo(new Pair<>(1, "b"));
    }

    @Test
    void numbersKeepWhatJavaScriptWouldLose() {
        JsonCodec codec = new JacksonCodec();
        assertThat(write(codec, Long.MAX_VALUE)).isEqualTo("9223372036854775807");
        assertThat(write(codec, new BigInteger("123456789012345678901234567890")))
                .isEqualTo("123456789012345678901234567890");
        assertThat(write(codec, new Money(new BigDecimal("0.10")))).isEqualTo("{\"amount\":0.10}");
        assertThat(read(codec, "{\"amount\":12345678901234567890.10}", Money.class))
                .isEqualTo(new Money(new BigDecimal("12345678901234567890.10")));
        assertThat(read(codec, "9007199254740993", Object.class)).isEqualTo(9007199254740993L);
        assertThat(read(codec, "123456789012345678901234567890", Object.class))
                .isEqualTo(new BigInteger("123456789012345678901234567890"));
    }

    @Test
    void whatJsonCannotSayIsNotSentAsIfItCould() {
        assertThat(write(new JacksonCodec(), List.of(Double.NaN, Float.POSITIVE_INFINITY)))
                .isEqualTo("[\"NaN\",\"Infinity\"]");
    }

    @Test
    void datesEnumsAndOptionalsAreAsTheMapperSays() {
        Everything value = new Everything(
                Colour.RED, Instant.EPOCH, LocalDate.of(2026, 2, 3), Optional.of("x"), Optional.empty(), BINARY);
        String texts = "\"at\":\"1970-01-01T00:00:00Z\"";
        String numbers = "\"at\":0.0,\"day\":[2026,2,3]";

        assertThat(write(new JacksonCodec(), value))
                .contains("\"colour\":\"rouge\"", texts, "\"day\":\"2026-02-03\"", "\"some\":\"x\"", "\"none\":null")
                .contains("\"content\":{\"_placeholder\":true,\"num\":0}");
        JsonCodec own = new JacksonCodec(JsonMapper.builder()
                .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build());
        assertThat(write(own, value)).contains(numbers).doesNotContain("none");

        attachments.clear();
        attachments.add(BINARY);
        Everything read = (Everything) read(
                own,
                "{\"colour\":\"rouge\",\"at\":0,\"some\":\"x\",\"content\":{\"num\":0,\"_placeholder\":true}}",
                Everything.class);
        assertThat(read.colour()).isEqualTo(Colour.RED);
        assertThat(read.at()).isEqualTo(Instant.EPOCH);
        assertThat(read.some()).contains("x");
        assertThat(read.none()).isNotPresent();
        assertThat(read.content()).isEqualTo(BINARY);
    }

    @Test
    void ownSerializersAreUsedBesideBinaryData() {
        JsonCodec own = new JacksonCodec(JsonMapper.builder()
                .addModule(new SimpleModule().addSerializer(new StdSerializer<Money>(Money.class) {
                    @Override
                    public void serialize(Money money, JsonGenerator out, SerializationContext context) {
                        out.writeString(money.amount() + " EUR");
                    }
                }))
                .build());
        assertThat(write(own, List.of(new Money(BigDecimal.ONE), BINARY)))
                .isEqualTo("[\"1 EUR\",{\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void keysKeepTheirOrder() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("z", BINARY);
        value.put("10", 1);
        value.put("9", 2);
        assertThat(write(new JacksonCodec(), value))
                .isEqualTo("{\"z\":{\"_placeholder\":true,\"num\":0},\"10\":1,\"9\":2}");
        assertThat(((Map<?, ?>) read(new JacksonCodec(), "{\"z\":0,\"10\":1,\"9\":2}", Object.class))
                        .keySet()
                        .toString())
                .isEqualTo("[z, 10, 9]");
    }

    @Test
    void numbersOfAnyTypeAreAsTheMapperSaysWithBinaryDataToo() {
        JsonCodec own = new JacksonCodec(JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .build());
        assertThat(read(own, "[0.10,7]", Object.class))
                .isEqualTo(List.of(new BigDecimal("0.10"), BigInteger.valueOf(7)));
        attachments.add(BINARY);
        assertThat(read(own, "[0.10,7]", Object.class))
                .isEqualTo(List.of(new BigDecimal("0.10"), BigInteger.valueOf(7)));
        List<?> mixed = (List<?>) read(own, "[{\"_placeholder\":true,\"num\":0},{\"a\":0.10}]", Object.class);
        assertThat(mixed.get(0)).isEqualTo(BINARY);
        assertThat(mixed.get(1)).isEqualTo(Map.of("a", new BigDecimal("0.10")));
    }

    @Test
    void binaryDataIsFoundWhereverItIs() {
        attachments.add(BINARY);
        attachments.add(new byte[0]);
        String hole = "{\"_placeholder\":true,\"num\":0}";
        JsonCodec codec = new JacksonCodec();

        Bean bean = (Bean)
                read(codec, "{\"name\":\"a\",\"content\":" + hole + ",\"more\":{\"x\":" + hole + "}}", Bean.class);
        assertThat(bean.content).isEqualTo(BINARY);
        assertThat(bean.more).containsExactly(Map.entry("x", ByteBuffer.wrap(BINARY)));
        Anything any = (Anything) read(codec, "{\"value\":{\"b\":[" + hole + "]},\"content\":null}", Anything.class);
        assertThat(((List<?>) ((Map<?, ?>) any.value()).get("b")).get(0)).isEqualTo(BINARY);
        assertThat(any.content()).isNull();
        List<?> others = (List<?>) read(
                codec,
                "[{\"_placeholder\":true,\"num\":0,\"y\":1},{\"_placeholder\":true,\"num\":4294967296},{\"num\":0}]",
                Object.class);
        assertThat(others.get(0)).isEqualTo(BINARY);
        assertThat(others.get(1)).isEqualTo(Map.of("_placeholder", true, "num", 4294967296L));
        assertThat(others.get(2)).isEqualTo(Map.of("num", 0));
        Type maps = new TypeToken<Map<String, List<byte[]>>>() {}.type();
        assertThat(((Map<?, ?>) read(codec, "{\"k\":[" + hole + ",{\"_placeholder\":true,\"num\":1}]}", maps)).get("k"))
                .usingRecursiveComparison()
                .isEqualTo(List.of(BINARY, new byte[0]));
        Type optional = new TypeToken<Optional<byte[]>>() {}.type();
        assertThat(((Optional<?>) read(codec, hole, optional)).orElseThrow()).isEqualTo(BINARY);
    }

    @Test
    void buffersAreReadFromWhereTheyStandAndStayThere() {
        ByteBuffer direct = ByteBuffer.allocateDirect(4)
                .put(new byte[] {9, 1, 2, 9})
                .flip()
                .position(1)
                .limit(3);
        ByteBuffer readOnly = ByteBuffer.wrap(BINARY).asReadOnlyBuffer();
        ByteBuffer slice = ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2).slice();

        write(new JacksonCodec(), List.of(direct, readOnly, slice, ByteBuffer.allocate(0)));

        assertThat(attachments).containsExactly(BINARY, BINARY, BINARY, new byte[0]);
        assertThat(direct.position()).isOne();
        assertThat(readOnly.remaining()).isEqualTo(2);
    }

    private String write(JsonCodec codec, Object value) {
        return new String(codec.write(value, attachments), StandardCharsets.UTF_8);
    }

    private Object read(JsonCodec codec, String json, Type type) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return codec.read(bytes, 0, bytes.length, type, attachments);
    }
}
