package io.everwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {
    @Test
    void anIdIsTwentyCharactersThatUrlsAndCookiesMayHold() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(IdGenerator.next()).matches("[A-Za-z0-9_-]{20}");
        }
    }

    @Test
    void idsAreDistinct() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ids.add(IdGenerator.next());
        }

        assertThat(ids).hasSize(100_000);
    }

    @Test
    void everyCharacterOfTheAlphabetComesAtEveryPlace() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = IdGenerator.next();
            for (int at = 0; at < id.length(); at++) {
                seen.add(at + " " + id.charAt(at));
            }
        }

        // A character that is missing in 10,000 ids is a fault: by chance alone this happens once in 10^65.
        assertThat(seen).hasSize(20 * 64);
    }
}
