package io.everwire.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.ExecutionContext;
import org.openrewrite.Recipe;
import org.openrewrite.Tree;
import org.openrewrite.TreeVisitor;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.MethodMatcher;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.Statement;
import org.openrewrite.marker.Markers;

/**
 * Turns listeners of events and disconnections that are lambdas into Everwire's handlers. An ack that a listener sends last becomes the
 * result of an {@code onCall} handler; other uses of the ack receive a comment.
 */
public final class MoveListeners extends Recipe {
    private static final String ROOT = "com.corundumstudio.socketio.";
    private static final MethodMatcher EVENT =
            new MethodMatcher(ROOT + "listener.ClientListeners addEventListener(..)", true);
    private static final MethodMatcher DISCONNECT =
            new MethodMatcher(ROOT + "listener.ClientListeners addDisconnectListener(..)", true);
    private static final MethodMatcher SEND_ACK = new MethodMatcher(ROOT + "AckRequest sendAckData(..)");
    private static final String ACK = "io.everwire.Ack";

    /** Creates the recipe. */
    public MoveListeners() {}

    @Override
    public String getDisplayName() {
        return "Turn listeners of netty-socketio into handlers";
    }

    @Override
    public String getDescription() {
        return "Replaces `addEventListener` by `on` or `onCall`, and `addDisconnectListener` by `onDisconnect`, if the listener is a lambda.";
    }

    @Override
    public TreeVisitor<?, ExecutionContext> getVisitor() {
        return new Visitor();
    }

    private static final class Visitor extends JavaIsoVisitor<ExecutionContext> {
        @Override
        public J.MethodInvocation visitMethodInvocation(J.MethodInvocation method, ExecutionContext context) {
            J.MethodInvocation visited = super.visitMethodInvocation(method, context);
            if (EVENT.matches(method)) {
                return event(visited);
            }
            return DISCONNECT.matches(method) ? disconnect(visited) : visited;
        }

        private J.MethodInvocation event(J.MethodInvocation call) {
            if (!(call.getArguments().get(2) instanceof J.Lambda lambda)
                    || lambda.getParameters().getParameters().size() != 3) {
                return Comments.add(call, "on(name, Type.class, (socket, value) -> ...)");
            }
            List<J> parameters = lambda.getParameters().getParameters();
            String ack = name(parameters.get(2));
            J.Lambda shorter = lambda.withParameters(
                    lambda.getParameters().withParameters(new ArrayList<>(parameters.subList(0, 2))));
            int uses = Uses.of(ack, lambda.getBody());
            if (uses == 0) {
                return renamed(call, "on", 2, shorter);
            }
            J body = uses == 1 ? withResult(lambda.getBody()) : null;
            return body == null
                    ? Comments.add(call, "onCall returns the ack; onRaw sends it with Arguments.ack")
                    : renamed(call, "onCall", 2, shorter.withBody(body));
        }

        private J.MethodInvocation disconnect(J.MethodInvocation call) {
            if (!(call.getArguments().get(0) instanceof J.Lambda lambda)
                    || !(lambda.getParameters().getParameters().get(0) instanceof J.VariableDeclarations client)) {
                return Comments.add(call, "onDisconnect((socket, reason) -> ...)");
            }
            String name = Uses.of("reason", lambda.getBody()) == 0 ? "reason" : "closeReason";
            J.VariableDeclarations.NamedVariable variable =
                    client.getVariables().get(0);
            J.VariableDeclarations reason = client.withId(Tree.randomId())
                    .withTypeExpression(null)
                    .withPrefix(Space.SINGLE_SPACE)
                    .withVariables(List.of(variable.withId(Tree.randomId())
                            .withPrefix(Space.EMPTY)
                            .withName(variable.getName().withId(Tree.randomId()).withSimpleName(name))));
            J.VariableDeclarations socket =
                    client.withTypeExpression(null).withVariables(List.of(variable.withPrefix(Space.EMPTY)));
            J.Lambda both = lambda.withParameters(
                    lambda.getParameters().withParenthesized(true).withParameters(List.of(socket, reason)));
            return renamed(call, "onDisconnect", 0, both);
        }

        private static J.MethodInvocation renamed(J.MethodInvocation call, String name, int index, J.Lambda lambda) {
            List<Expression> arguments = new ArrayList<>(call.getArguments());
            arguments.set(index, lambda);
            JavaType.Method type = call.getMethodType();
            return call.withArguments(arguments)
                    .withName(call.getName().withSimpleName(name))
                    .withMethodType(type == null ? null : type.withName(name));
        }

        /** Returns the body of a lambda whose last statement sends the ack, with the ack as its result; null for other bodies. */
        private @Nullable J withResult(J body) {
            if (body instanceof J.MethodInvocation call && SEND_ACK.matches(call)) {
                return result(call);
            }
            if (!(body instanceof J.Block block) || block.getStatements().isEmpty() || Uses.returns(block)) {
                return null;
            }
            List<Statement> statements = new ArrayList<>(block.getStatements());
            Statement last = statements.get(statements.size() - 1);
            if (!(last instanceof J.MethodInvocation call) || !SEND_ACK.matches(call)) {
                return null;
            }
            Expression result = result(call);
            if (result == null) {
                return null;
            }
            statements.set(
                    statements.size() - 1,
                    new J.Return(
                            Tree.randomId(), last.getPrefix(), Markers.EMPTY, result.withPrefix(Space.SINGLE_SPACE)));
            return block.withStatements(statements);
        }

        /** Returns the one value of an ack, or {@code Ack.of(values)}; null for a list, which may have any number of values. */
        private @Nullable Expression result(J.MethodInvocation call) {
            List<Expression> values = call.getArguments().stream()
                    .filter(value -> !(value instanceof J.Empty))
                    .toList();
            if (values.size() == 1) {
                Expression value = values.get(0);
                boolean many = value.getType() instanceof JavaType.Array
                        || (call.getMethodType() != null
                                && call.getMethodType().getParameterTypes().get(0) instanceof JavaType.Parameterized);
                return many ? null : value.withPrefix(call.getPrefix());
            }
            maybeAddImport(ACK, false);
            JavaType.FullyQualified type = JavaType.ShallowClass.build(ACK);
            J.Identifier ack =
                    new J.Identifier(Tree.randomId(), Space.EMPTY, Markers.EMPTY, List.of(), "Ack", type, null);
            JavaType.Method method = call.getMethodType();
            return call.withSelect(ack)
                    .withName(call.getName().withSimpleName("of"))
                    .withMethodType(
                            method == null
                                    ? null
                                    : method.withName("of")
                                            .withDeclaringType(type)
                                            .withReturnType(type));
        }

        private static String name(J parameter) {
            if (parameter instanceof J.VariableDeclarations declarations) {
                return declarations.getVariables().get(0).getSimpleName();
            }
            return parameter instanceof J.Identifier identifier ? identifier.getSimpleName() : "";
        }
    }
}
