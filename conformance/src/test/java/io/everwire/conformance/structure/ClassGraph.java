package io.everwire.conformance.structure;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The references between top-level classes, by their full names. A nested class counts as its top-level class. */
final class ClassGraph {
    private final Map<String, Set<String>> references;

    /** Creates a graph; a class that is only referred to needs no entry of its own. */
    ClassGraph(Map<String, Set<String>> references) {
        this.references = new TreeMap<>(references);
    }

    /** Returns the graph of the given classes; references to other classes are left out. */
    static ClassGraph of(Iterable<JavaClass> classes) {
        Map<String, Set<String>> references = new TreeMap<>();
        classes.forEach(type -> references.putIfAbsent(topLevel(type.getName()), new TreeSet<>()));
        for (JavaClass type : classes) {
            Set<String> targets = references.get(topLevel(type.getName()));
            Stream.concat(
                            type.getDirectDependenciesFromSelf().stream()
                                    .map(reference -> reference
                                            .getTargetClass()
                                            .getBaseComponentType()
                                            .getName()),
                            permitted(type))
                    .map(ClassGraph::topLevel)
                    .filter(references::containsKey)
                    .forEach(targets::add);
        }
        return new ClassGraph(references);
    }

    /** Returns the names of the subclasses that a sealed type permits; ArchUnit 1.5.0 knows none of them. */
    private static Stream<String> permitted(JavaClass type) {
        Class<?> reflected = type.reflect();
        return reflected.isSealed()
                ? Arrays.stream(reflected.getPermittedSubclasses()).map(Class::getName)
                : Stream.empty();
    }

    private static String topLevel(String type) {
        return type.replaceFirst("\\$.*", "");
    }

    /** Returns the package of a class. */
    static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    /** Returns the names of all packages that have classes in this graph. */
    Set<String> packageNames() {
        return new TreeSet<>(
                references.keySet().stream().map(ClassGraph::packageOf).toList());
    }

    /** Returns the part of this graph within one package. */
    ClassGraph within(String name) {
        Map<String, Set<String>> inside = new TreeMap<>(references);
        inside.keySet().removeIf(type -> !packageOf(type).equals(name));
        inside.replaceAll((type, targets) -> {
            Set<String> kept = new TreeSet<>(targets);
            kept.retainAll(inside.keySet());
            return kept;
        });
        return new ClassGraph(inside);
    }

    /** Returns the graph of the packages. */
    ClassGraph packages() {
        return mapped(ClassGraph::packageOf);
    }

    private ClassGraph mapped(UnaryOperator<String> name) {
        Map<String, Set<String>> merged = new TreeMap<>();
        references.forEach((type, targets) -> {
            Set<String> mapped = merged.computeIfAbsent(name.apply(type), key -> new TreeSet<>());
            targets.forEach(target -> mapped.add(name.apply(target)));
        });
        return new ClassGraph(merged);
    }

    /** Returns the strongly connected components of more than one class, the largest first. */
    List<Set<String>> cycles() {
        return new Search()
                .components().stream()
                        .filter(component -> component.size() > 1)
                        .sorted(Comparator.comparing(Set<String>::size).reversed())
                        .toList();
    }

    /** Finds the strongly connected components by the algorithm of Tarjan (SIAM Journal on Computing 1, 1972). */
    private final class Search {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final Set<String> closed = new TreeSet<>();
        private final List<Set<String>> components = new ArrayList<>();

        List<Set<String>> components() {
            references.keySet().stream()
                    .filter(type -> !numbers.containsKey(type))
                    .forEach(this::visit);
            return components;
        }

        private void visit(String type) {
            numbers.put(type, numbers.size());
            lowest.put(type, numbers.get(type));
            open.push(type);
            for (String target : references.getOrDefault(type, Set.of())) {
                if (!numbers.containsKey(target)) {
                    visit(target);
                    lowest.merge(type, lowest.get(target), Math::min);
                } else if (!closed.contains(target)) {
                    lowest.merge(type, numbers.get(target), Math::min);
                }
            }
            if (lowest.get(type).equals(numbers.get(type))) {
                close(type);
            }
        }

        /** Moves a component, of which the given class was visited first, from the open classes to the result. */
        private void close(String first) {
            Set<String> component = new TreeSet<>();
            String member;
            do {
                member = open.pop();
                component.add(member);
            } while (!member.equals(first));
            closed.addAll(component);
            components.add(component);
        }
    }
}
