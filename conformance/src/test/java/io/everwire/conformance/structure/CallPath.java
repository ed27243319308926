package io.everwire.conformance.structure;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A path through the code as a document describes it: a numbered list of methods, each of which calls the next one. Two
 * marks of entries name the exceptions.
 */
final class CallPath {
    /** Marks a method that runs as a task: the one before hands it to another thread, or runs it later. */
    static final String HAND_OVER = "(hand-over)";

    /** Marks a method that is called after the one before has returned, by one of the methods above it. */
    static final String AFTER_RETURN = "(after return)";

    /** A line of the list and the lines that continue it; its groups are the class, the method and the rest. */
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^\\d+\\. `((?:[A-Z]\\w*\\.)*[A-Z]\\w*)\\.([a-z]\\w*)`(.*(?:\\n +\\S.*)*)");

    private static final Pattern ITEM = Pattern.compile("(?m)^\\d+\\. .*");

    /** An entry of the list. */
    record Step(String type, String method, boolean handedOver, boolean afterReturn) {
        @Override
        public String toString() {
            return type + "." + method;
        }
    }

    private final List<Step> steps;

    private CallPath(List<Step> steps) {
        this.steps = steps;
    }

    /**
     * Reads the list below a heading of the second level.
     *
     * @throws IllegalArgumentException if the heading is missing, or an entry does not begin with a method in backticks
     */
    static CallPath of(String document, String heading) {
        String section = section(document, heading);
        List<Step> steps = ENTRY.matcher(section).results().map(CallPath::step).toList();
        long items = ITEM.matcher(section).results().count();
        if (steps.isEmpty() || steps.size() != items) {
            throw new IllegalArgumentException(
                    heading + ": " + items + " entries, of which " + steps.size() + " begin with `Class.method`");
        }
        return new CallPath(steps);
    }

    /** Returns the text between a heading of the second level and the next one. */
    static String section(String document, String heading) {
        String begin = "\n## " + heading + "\n";
        int at = document.indexOf(begin);
        if (at < 0) {
            throw new IllegalArgumentException("no heading \"" + heading + "\"");
        }
        int end = document.indexOf("\n## ", at + begin.length());
        return document.substring(at + begin.length(), end < 0 ? document.length() : end);
    }

    private static Step step(MatchResult entry) {
        String text = entry.group(3).replaceAll("\\s+", " ");
        return new Step(entry.group(1), entry.group(2), text.contains(HAND_OVER), text.contains(AFTER_RETURN));
    }

    List<Step> steps() {
        return steps;
    }

    /** Returns a complaint about each method that does not exist, and each one that does not call the next. */
    List<String> faults(JavaClasses classes) {
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            List<Step> callers = steps.subList(step.afterReturn() ? 0 : Math.max(0, i - 1), i);
            if (types(classes, step.type()).stream().noneMatch(type -> hasMethod(type, step.method()))) {
                faults.add("there is no " + step);
            } else if (i > 0
                    && !step.handedOver()
                    && callers.stream().noneMatch(caller -> leads(classes, caller, step))) {
                faults.add(steps.get(i - 1).type() + " calls no " + step);
            }
        }
        return faults;
    }

    /** Returns the classes of a simple name, or of the name of a nested class with its outer class. */
    static List<JavaClass> types(JavaClasses classes, String name) {
        return classes.stream()
                .filter(type -> type.getName().replace('$', '.').endsWith("." + name))
                .toList();
    }

    static boolean hasMethod(JavaClass type, String name) {
        return type.getAllMethods().stream().anyMatch(method -> method.getName().equals(name));
    }

    private static boolean leads(JavaClasses classes, Step from, Step to) {
        List<JavaClass> targets = types(classes, to.type());
        return types(classes, from.type()).stream()
                .flatMap(caller -> classes.stream().filter(type -> isWithin(type, caller)))
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(call -> call.getTarget().getName().equals(to.method()))
                .anyMatch(call -> targets.stream().anyMatch(target -> reaches(call, target)));
    }

    private static boolean isWithin(JavaClass type, JavaClass outer) {
        return type.equals(outer) || type.getName().startsWith(outer.getName() + "$");
    }

    /** Returns whether a call names the class itself, or a type that it extends or implements, or a subclass. */
    private static boolean reaches(JavaAccess<?> call, JavaClass target) {
        JavaClass owner = call.getTargetOwner();
        return target.isAssignableTo(owner.getName()) || owner.isAssignableTo(target.getName());
    }
}
