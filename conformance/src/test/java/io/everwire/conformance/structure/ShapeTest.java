package io.everwire.conformance.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static io.everwire.conformance.structure.Compiled.packages;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;

/** The shape of types: names, modifiers, public methods. */
@AnalyzeClasses(locations = Compiled.OfPublished.class)
final class ShapeTest {
    /** Types whose names and modifiers another library chose. Its classes are not on the class path of this test. */
    private static final DescribedPredicate<JavaClass> OF_OTHERS =
            packages("com.corundumstudio.socketio..", "io.everwire.micrometer", "io.everwire.rewrite");

    /** A word of a name in camel case; "Database" does not match. */
    private static final String EMPTY_WORDS = "(.*[a-z0-9])?(Impl|Manager|Helper|Utils?|Abstract|Base)([A-Z].*)?";

    @ArchTest
    static final ArchRule namesSaySomething = noClasses()
            .should(ArchCondition.from(describe(
                    "be called Impl, Manager, Helper, Util, Abstract or Base",
                    type -> type.getSimpleName().matches(EMPTY_WORDS))))
            .because("a type is one noun with one reason to change");

    @ArchTest
    static final ArchRule closedTypes = classes()
            .that(describe("are not anonymous", type -> !type.isAnonymousClass()))
            .and(not(packages("com.corundumstudio.socketio..")))
            .should(ArchCondition.from(describe("be final, sealed, abstract or an interface", ShapeTest::isClosed)))
            .because("a type that anybody may extend cannot change; final by default");

    @ArchTest
    static final ArchRule accessorsWithoutGet = noMethods()
            .that(describe("are published", ShapeTest::isPublished))
            .and(describe("are first declared by us", ShapeTest::isFirstDeclaredByUs))
            .and()
            .areDeclaredInClassesThat(not(OF_OTHERS))
            .should(ArchCondition.from(
                    describe("say get", method -> method.getName().matches("get[A-Z].*"))))
            .because("accessors are named after what they return");

    @ArchTest
    static final ArchRule noNettyInTheApi = noMethods()
            .that(describe("are published", ShapeTest::isPublished))
            .and()
            .areDeclaredInClassesThat(packages("io.everwire", "io.everwire.adapter", "io.everwire.json"))
            .should(ArchCondition.from(describe(
                    "mention Netty",
                    method -> method.getAllInvolvedRawTypes().stream().anyMatch(packages("io.netty..")))))
            .because("handlers and namespaces are the same code on every host");

    @ArchTest
    static final ArchRule logsBySlf4j = noClasses()
            .should()
            .dependOnClassesThat(packages("java.util.logging.."))
            .orShould()
            .callMethod(System.class, "getLogger", String.class)
            .because("the application chooses where its logs go, once, by SLF4J");

    @ArchTest
    static final ArchRule silent = noClasses()
            .should(ACCESS_STANDARD_STREAMS)
            .because("a library does not write to its application's console");

    private static boolean isClosed(JavaClass type) {
        return type.isInterface()
                || type.getModifiers().contains(FINAL)
                || type.getModifiers().contains(ABSTRACT)
                || type.reflect().isSealed();
    }

    private static boolean isPublished(JavaMethod method) {
        return isOpen(method.getModifiers())
                && Stream.iterate(
                                method.getOwner(),
                                type -> type != null,
                                type -> type.getEnclosingClass().orElse(null))
                        .allMatch(type -> isOpen(type.getModifiers()));
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean isFirstDeclaredByUs(JavaMethod method) {
        String[] parameters =
                method.getRawParameterTypes().stream().map(HasName::getName).toArray(String[]::new);
        JavaClass owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .filter(type -> !type.getPackageName().startsWith("io.everwire"))
                .noneMatch(
                        type -> type.tryGetMethod(method.getName(), parameters).isPresent());
    }
}
