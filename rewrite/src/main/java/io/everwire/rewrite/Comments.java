package io.everwire.rewrite;

import org.openrewrite.internal.ListUtils;
import org.openrewrite.java.tree.Comment;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TextComment;
import org.openrewrite.marker.Markers;

/** Writes comments for decisions that a person must make. */
final class Comments {
    private Comments() {}

    /** Adds {@code /* Everwire: text *}{@code /} before a piece of code, once. */
    static <T extends J> T add(T tree, String text) {
        String content = " Everwire: " + text + " ";
        Space prefix = tree.getPrefix();
        for (Comment comment : prefix.getComments()) {
            if (comment instanceof TextComment known && known.getText().equals(content)) {
                return tree;
            }
        }
        TextComment comment = new TextComment(true, content, " ", Markers.EMPTY);
        return tree.withPrefix(prefix.withComments(ListUtils.concat(prefix.getComments(), comment)));
    }
}
