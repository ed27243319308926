package io.everwire.conformance.structure;

import static java.util.stream.Collectors.joining;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The public part of a package, as text: a line for each type and below it one for each member. Names are short for
 * types of the JDK and of Everwire; a question mark follows a type that may be null.
 */
final class ApiText {
    private final ClassLoader loader;
    private final Path classes;
    private final String name;

    /**
     * Creates the text of a package.
     *
     * @param loader loads the classes
     * @param classes the folder of its module's classes
     */
    ApiText(ClassLoader loader, Path classes, String name) {
        this.loader = loader;
        this.classes = classes;
        this.name = name;
    }

    @Override
    public String toString() {
        Path folder = classes.resolve(name.replace('.', '/'));
        return "\npackage " + name + "\n"
                + Tree.files(folder, Tree.named(".class")).stream()
                        .filter(file -> folder.equals(file.getParent()))
                        .map(file -> load(file.getFileName().toString().replaceFirst("\\.class$", "")))
                        .filter(type -> !type.isSynthetic() && isOpen(type))
                        .sorted(Comparator.comparing(Class::getName))
                        .map(ApiText::type)
                        .collect(joining("\n"));
    }

    private Class<?> load(String simpleName) {
        try {
            return Class.forName(name + '.' + simpleName, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOpen(Class<?> type) {
        return !type.isAnonymousClass()
                && !type.isLocalClass()
                && isOpen(type.getModifiers())
                && (type.getEnclosingClass() == null || isOpen(type.getEnclosingClass()));
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String type(Class<?> type) {
        Stream<String> fields = declaring(type)
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredFields()))
                .filter(field -> isOpen(field.getModifiers()) && !field.isSynthetic())
                .sorted(Comparator.comparing(Field::getName))
                .map(ApiText::field);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> isOpen(constructor.getModifiers()) && !constructor.isSynthetic())
                .map(ApiText::constructor)
                .sorted();
        Stream<String> methods = declaring(type)
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredMethods()))
                .filter(method -> isOpen(method.getModifiers()) && !method.isSynthetic() && !isImplied(method))
                .sorted(Comparator.comparing(Method::getName).thenComparing(ApiText::method))
                .map(ApiText::method)
                .distinct();
        return "  " + header(type) + "\n"
                + Stream.of(fields, constructors, methods)
                        .flatMap(members -> members)
                        .map(member -> "    " + member + "\n")
                        .collect(joining());
    }

    /** Returns the type, and its superclasses that are not public. */
    private static Stream<Class<?>> declaring(Class<?> type) {
        Class<?> parent = type.getSuperclass();
        return parent == null || isOpen(parent) ? Stream.of(type) : Stream.concat(Stream.of(type), declaring(parent));
    }

    /** Returns whether a method is one of every object or enum, or a test of a contract. */
    private static boolean isImplied(Method method) {
        return List.of("equals", "hashCode", "toString").contains(method.getName())
                || Arrays.stream(method.getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getName().startsWith("org.junit."))
                || method.getDeclaringClass().isEnum()
                        && List.of("values", "valueOf").contains(method.getName());
    }

    private static String header(Class<?> type) {
        String name = modifiers(type) + kind(type) + ' ' + text(type) + parameters(type.getTypeParameters());
        boolean extended = type.getAnnotatedSuperclass() != null && !isImplied(type.getSuperclass());
        return name
                + (extended ? " extends " + text(type.getAnnotatedSuperclass()) : "")
                + list(type.isInterface() ? " extends " : " implements ", type.getAnnotatedInterfaces())
                + (isSealed(type) ? permits(type) : "");
    }

    /**
     * Returns whether a type is sealed. An enum whose constants have bodies is sealed too, which is not part of the
     * API.
     */
    private static boolean isSealed(Class<?> type) {
        return type.isSealed() && !type.isEnum();
    }

    private static String permits(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .map(ApiText::text)
                .sorted()
                .collect(joining(", ", " permits ", ""));
    }

    private static boolean isImplied(Class<?> superclass) {
        return List.of(Object.class, Enum.class, Record.class).contains(superclass);
    }

    private static String modifiers(Class<?> type) {
        boolean plain = !type.isInterface() && !type.isEnum() && !type.isRecord();
        return (Modifier.isProtected(type.getModifiers()) ? "protected " : "")
                + (isSealed(type) ? "sealed " : "")
                + (plain && Modifier.isFinal(type.getModifiers()) ? "final " : "")
                + (plain && Modifier.isAbstract(type.getModifiers()) ? "abstract " : "");
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        return type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static String field(Field field) {
        return Modifier.toString(field.getModifiers() & ~Modifier.PUBLIC)
                + ' '
                + text(field.getAnnotatedType())
                + ' '
                + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        RecordComponent[] components = constructor.getDeclaringClass().getRecordComponents();
        if (components != null && components.length == constructor.getParameterCount()) {
            // A record's own constructor carries type arguments only if it was compiled by a newer JDK than 17.
            return "new("
                    + Arrays.stream(components)
                            .map(component -> text(component.getAnnotatedType()))
                            .collect(joining(", "))
                    + ")";
        }
        return (Modifier.isProtected(constructor.getModifiers()) ? "protected new" : "new") + arguments(constructor);
    }

    private static String method(Method method) {
        Class<?> owner = method.getDeclaringClass();
        int told = Modifier.PROTECTED | Modifier.STATIC;
        told |= owner.isInterface() ? 0 : Modifier.ABSTRACT;
        told |= Modifier.isFinal(owner.getModifiers()) ? 0 : Modifier.FINAL;
        String modifiers = Modifier.toString(method.getModifiers() & told);
        return (method.isDefault() ? "default " : "")
                + modifiers
                + (modifiers.isEmpty() ? "" : " ")
                + parameters(method.getTypeParameters())
                + (method.getTypeParameters().length == 0 ? "" : " ")
                + text(method.getAnnotatedReturnType())
                + ' '
                + method.getName()
                + arguments(method);
    }

    private static String arguments(Executable executable) {
        String types = list("", executable.getAnnotatedParameterTypes());
        return '('
                + (executable.isVarArgs() ? types.replaceFirst("\\[]$", "...") : types)
                + ')'
                + list(" throws ", executable.getAnnotatedExceptionTypes());
    }

    private static String parameters(TypeVariable<?>[] variables) {
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(ApiText::parameter).collect(joining(", ", "<", ">"));
    }

    private static String parameter(TypeVariable<?> variable) {
        String bounds =
                Arrays.stream(variable.getAnnotatedBounds()).map(ApiText::text).collect(joining(" & "));
        return variable.getName() + (bounds.equals("Object") ? "" : " extends " + bounds);
    }

    private static String list(String before, AnnotatedType[] types) {
        return types.length == 0 ? "" : Arrays.stream(types).map(ApiText::text).collect(joining(", ", before, ""));
    }

    private static String text(AnnotatedType type) {
        String text;
        if (type instanceof AnnotatedArrayType array) {
            text = text(array.getAnnotatedGenericComponentType()) + "[]";
        } else if (type instanceof AnnotatedParameterizedType generic) {
            Class<?> plain = (Class<?>) ((ParameterizedType) generic.getType()).getRawType();
            text = text(plain) + '<' + list("", generic.getAnnotatedActualTypeArguments()) + '>';
        } else if (type instanceof AnnotatedWildcardType wildcard) {
            text = '?' + bounds(wildcard);
        } else {
            text = type.getType() instanceof Class<?> plain
                    ? text(plain)
                    : type.getType().getTypeName();
        }
        return Arrays.stream(type.getAnnotations()).anyMatch(ApiText::isNullable) ? text + '?' : text;
    }

    private static String bounds(AnnotatedWildcardType wildcard) {
        if (wildcard.getAnnotatedLowerBounds().length > 0) {
            return list(" super ", wildcard.getAnnotatedLowerBounds());
        }
        String upper = list(" extends ", wildcard.getAnnotatedUpperBounds());
        return upper.equals(" extends Object") ? "" : upper;
    }

    private static boolean isNullable(Annotation annotation) {
        return annotation.annotationType().getSimpleName().equals("Nullable");
    }

    private static String text(Class<?> type) {
        String name = type.getName();
        boolean known = name.startsWith("java.") || name.startsWith("io.everwire.");
        return (known ? name.substring(name.lastIndexOf('.') + 1) : name).replace('$', '.');
    }
}
