package io.everwire.rewrite;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.J;

/** Looks into the bodies of lambdas. */
final class Uses {
    private Uses() {}

    /** Returns the number of times that a name occurs. */
    static int of(String name, J body) {
        AtomicInteger count = new AtomicInteger();
        new JavaIsoVisitor<AtomicInteger>() {
            @Override
            public J.Identifier visitIdentifier(J.Identifier identifier, AtomicInteger counted) {
                if (identifier.getSimpleName().equals(name)) {
                    counted.incrementAndGet();
                }
                return identifier;
            }
        }.visit(body, count);
        return count.get();
    }

    /** Returns whether a block returns before its end; blocks of other lambdas and classes do not count. */
    static boolean returns(J.Block body) {
        AtomicBoolean found = new AtomicBoolean();
        new JavaIsoVisitor<AtomicBoolean>() {
            @Override
            public J.Return visitReturn(J.Return statement, AtomicBoolean returns) {
                returns.set(true);
                return statement;
            }

            @Override
            public J.Lambda visitLambda(J.Lambda lambda, AtomicBoolean returns) {
                return lambda;
            }

            @Override
            public J.ClassDeclaration visitClassDeclaration(J.ClassDeclaration type, AtomicBoolean returns) {
                return type;
            }

            @Override
            public J.NewClass visitNewClass(J.NewClass created, AtomicBoolean returns) {
                return created;
            }
        }.visit(body, found);
        return found.get();
    }
}
