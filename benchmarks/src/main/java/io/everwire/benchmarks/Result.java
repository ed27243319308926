package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Latencies;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The rounds of one server in one scenario. */
record Result(Peer peer, List<Sample> samples) {
    double cost() {
        return median(Sample::cost);
    }

    double lowest() {
        return samples.stream().mapToDouble(Sample::cost).min().orElse(Double.NaN);
    }

    double highest() {
        return samples.stream().mapToDouble(Sample::cost).max().orElse(Double.NaN);
    }

    double perSecond() {
        return median(Sample::perSecond);
    }

    /** Returns the latencies of all rounds together. */
    Latencies latencies() {
        Latencies all = new Latencies();
        samples.forEach(sample -> all.add(sample.latencies()));
        return all;
    }

    /** Returns the middle value, or the mean of the two middle values. */
    private double median(ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
