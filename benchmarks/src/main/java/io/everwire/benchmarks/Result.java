package io.everwire.benchmarks;

import io.everwire.benchmarks.load.Latencies;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All rounds of one server in one scenario. */
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

    /** Of all rounds together. */
    Latencies latencies() {
        Latencies all = new Latencies();
        samples.forEach(sample -> all.add(sample.latencies()));
        return all;
    }

    /** The middle one; of an even number, the mean of the two. */
    private double median(ToDoubleFunction<Sample> value) {
        double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
