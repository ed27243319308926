package io.everwire.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.everwire.benchmarks.load.Latencies;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final Map<Scenario, List<Result>> RESULTS = Map.of(
            Scenario.ECHO,
            List.of(
                    new Result(Peer.FLOOR, List.of(sample(2), sample(1), sample(3))),
                    new Result(Peer.EVERWIRE, List.of(sample(4), sample(3), sample(2), sample(5)))));

    @Test
    void comparesMediansWithTheFloor() {
        assertThat(Table.of(RESULTS))
                .contains("| floor | 2.00 (1.00–3.00) | 1.00 | 1000 |")
                .contains("| everwire | 3.50 (2.00–5.00) | 1.75 | 1000 |");
    }

    @Test
    void drawsABarForEachServer() {
        String chart = Chart.of(RESULTS);
        assertThat(chart).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(chart).contains(">1.75×<").contains("echo, 100 connections, window 1");
    }

    @Test
    void everyServerHasAColourOfItsOwn() {
        List<Result> all = Arrays.stream(Peer.values())
                .map(peer -> new Result(peer, List.of(sample(1))))
                .toList();
        Set<String> colours = Pattern.compile("fill=\"(#\\w{6})\"")
                .matcher(Chart.of(Map.of(Scenario.ECHO, all)))
                .results()
                .map(bar -> bar.group(1))
                .collect(Collectors.toSet());
        assertThat(colours).hasSize(Peer.values().length);
    }

    @Test
    void comparesTheMemoryOfIdleConnections() {
        assertThat(Idle.table(List.of(
                        new Idle.Result(Peer.FLOOR, 1_000, 3_000, 2),
                        new Idle.Result(Peer.EVERWIRE, 2_500, 5_000, 40),
                        new Idle.Result(Peer.NODE, -1, 16_000, 200))))
                .contains("| everwire | 2500 | 2.50 | 5000 | 40 |")
                .contains("| node | – | – | 16000 | 200 |");
    }

    private static Sample sample(double cost) {
        return new Sample(1_000, 1_000 * cost, 1, 0, new Latencies());
    }
}
